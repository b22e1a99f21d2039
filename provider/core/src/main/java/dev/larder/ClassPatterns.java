package dev.larder;

import java.util.List;
import java.util.regex.Pattern;

/** The patterns of classes that Java serialization may use. */
final class ClassPatterns {
  private static final Pattern VALID =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(\\.\\*{1,2})?");

  private ClassPatterns() {}

  static List<String> checked(List<String> patterns) {
    for (String pattern : patterns) {
      if (!VALID.matcher(pattern).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no pattern of classes; write com.acme.Order, com.acme.* or com.acme.**"
                .formatted(pattern));
      }
    }
    return patterns;
  }
}
