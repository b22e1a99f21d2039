package dev.larder.redis;

import dev.larder.spi.UriParameters;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of a Redis URI: Larder's own, and those that the driver reads itself. */
final class RedisParameters {
  private static final Set<String> KNOWN =
      Set.of("timeout", "connectTimeout", "inFlight", "silence", "reconnectPause", "namespace");

  /** What the driver reads from the URI, in any case. */
  private static final Map<String, Allowed> OF_THE_DRIVER =
      new TreeMap<>(
          Map.of(
              "clientname", new Allowed("clientName", ".+", "a name"),
              "database", new Allowed("database", "\\d{1,9}", "a number"),
              "db", new Allowed("db", "\\d{1,9}", "a number"),
              "libraryname", new Allowed("libraryName", "\\S+", "a name without spaces"),
              "libraryversion", new Allowed("libraryVersion", "\\S+", "a version without spaces"),
              "sentinelmasterid", new Allowed("sentinelMasterId", ".+", "a name"),
              "verifypeer", new Allowed("verifyPeer", "(?i)full|ca|none", "FULL, CA or NONE")));

  private RedisParameters() {}

  /**
   * Reads the query of a URI.
   *
   * @throws IllegalArgumentException if it has a parameter that is not known, or one twice, or one
   *     of the driver's with a value that is not allowed
   */
  static UriParameters of(URI uri) {
    Set<String> known = new HashSet<>(KNOWN);
    OF_THE_DRIVER.values().forEach(each -> known.add(each.name));
    Set<String> seen = new HashSet<>();
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      Allowed allowed = OF_THE_DRIVER.get(name.toLowerCase(Locale.ROOT));
      if (allowed != null) {
        allowed.check(name, value);
        known.add(name);
        if (!seen.add(allowed.name)) {
          throw new IllegalArgumentException("the parameter '%s' is given twice".formatted(name));
        }
      }
    }
    return new UriParameters(uri, known);
  }

  /**
   * What a parameter of the driver may be.
   *
   * @param name the parameter, as it is written
   * @param pattern what its value matches
   * @param meaning says the same in words
   */
  private record Allowed(String name, String pattern, String meaning) {
    void check(String as, String value) {
      if (!value.matches(pattern)) {
        throw new IllegalArgumentException(
            "the parameter %s=%s is not allowed; it is %s".formatted(as, value, meaning));
      }
    }
  }
}
