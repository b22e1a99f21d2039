package dev.larder.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Errors that name the word which was probably meant. */
public final class Spelling {
  private Spelling() {}

  /** Says that there is no such thing, which thing is spelled most alike, and what there is. */
  public static String unknown(String what, String name, Collection<String> known) {
    String nearest = nearest(name, known);
    String hint = nearest == null ? "" : "; did you mean '%s'?".formatted(nearest);
    return "there is no %s '%s'%s There are %s"
        .formatted(what, name, hint.isEmpty() ? "." : hint, String.join(", ", known));
  }

  /** Returns the word that is spelled most alike, {@code null} if all are too different. */
  public static @Nullable String nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(word -> distance(name, word)))
        .filter(word -> distance(name, word) <= Math.max(2, word.length() / 3))
        .orElse(null);
  }

  /** Returns how many letters, in any case, must be changed, put in or left out (Levenshtein). */
  private static int distance(String word, String otherWord) {
    String one = word.toLowerCase(Locale.ROOT);
    String other = otherWord.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
