package dev.larder.redis;

import dev.larder.spi.UriParameters;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The parameters of a URI: Larder's, and those that the driver reads by itself. */
final class RedisParameters {
  private static final Set<String> OURS =
      Set.of(
          "timeout",
          "connectTimeout",
          "inFlight",
          "coalesce",
          "silence",
          "reconnectPause",
          "namespace",
          "undecodable");

  private static final List<Allowed> OF_THE_DRIVER =
      List.of(
          new Allowed("clientName", ".+", "a name"),
          new Allowed("database", "\\d{1,9}", "a number"),
          new Allowed("db", "\\d{1,9}", "a number"),
          new Allowed("libraryName", "\\S+", "a name without spaces"),
          new Allowed("libraryVersion", "\\S+", "a version without spaces"),
          new Allowed("sentinelMasterId", ".+", "a name"),
          new Allowed("verifyPeer", "(?i)full|ca|none", "FULL, CA or NONE"));

  private RedisParameters() {}

  /**
   * Reads the query of a URI.
   *
   * @throws IllegalArgumentException if a parameter is not known, given twice, or not allowed
   */
  static UriParameters of(URI uri) {
    Set<String> known = new HashSet<>(OURS);
    OF_THE_DRIVER.forEach(each -> known.add(each.name));
    UriParameters parameters = new UriParameters(uri, known);
    OF_THE_DRIVER.forEach(each -> parameters.check(each.name, each.pattern, each.meaning));
    return parameters;
  }

  /**
   * What a parameter of the driver may be.
   *
   * @param name the parameter, as it is written
   * @param pattern what its value matches
   * @param meaning says the same in words
   */
  private record Allowed(String name, Pattern pattern, String meaning) {
    Allowed(String name, String pattern, String meaning) {
      this(name, Pattern.compile(pattern), meaning);
    }
  }
}
