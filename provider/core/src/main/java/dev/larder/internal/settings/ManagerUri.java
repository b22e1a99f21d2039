package dev.larder.internal.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the URI of a manager means.
 *
 * <p>{@code memory:} is the heap. {@code larder:} leaves it to the settings, and is the heap if
 * they name nothing else. {@code file:}, {@code classpath:} and {@code jar:} name a file of
 * settings. Any other scheme belongs to a backend.
 */
public final class ManagerUri {
  private static final Set<String> FILES = Set.of("file", "classpath", "jar");

  /** All up to the last at sign, be it well-formed or not, and the host behind it. */
  private static final Pattern USER_INFO = Pattern.compile("^([^:]+:(?://)?).*@([^/?#]*)");

  private static final Pattern PASSWORD = Pattern.compile("(?i)(password[^=&#]*=)[^&#]*");

  private ManagerUri() {}

  static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** Says whether a URI names a configuration file. */
  static boolean namesFile(URI uri) {
    return FILES.contains(scheme(uri));
  }

  /** Says whether settings may name the backend. */
  static boolean isOpen(URI uri) {
    return scheme(uri).equals("larder") || namesFile(uri);
  }

  /** Says whether a URI that no setting redirects is the heap. */
  static boolean isHeap(URI uri) {
    return scheme(uri).equals("memory") || isOpen(uri);
  }

  /** Returns a URI as it may be shown: what may be a user name and a password is left out. */
  public static URI withoutUserInfo(URI uri) {
    if (isHeap(uri)) {
      return uri;
    }
    Matcher secret = USER_INFO.matcher(uri.toString());
    String shown = secret.replaceFirst(found -> found.group(2).isEmpty() ? "$1/" : "$1$2");
    try {
      return new URI(PASSWORD.matcher(shown).replaceAll("$1***"));
    } catch (URISyntaxException e) {
      return URI.create(uri.getScheme() + ":/"); // the rest may be a secret
    }
  }
}
