package dev.larder.memcached;

import dev.larder.spi.ConnectionOptions;
import dev.larder.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The parameters of a URI. */
final class MemcachedOptions {
  static final String BINARY = "binary";
  static final String ASCII = "ascii";

  static final ConnectionOptions CONNECTION = new ConnectionOptions();
  static final Option<Duration> SCAN_TIMEOUT =
      Option.duration("scanTimeout", Duration.ofMillis(10), Duration.ofHours(1))
          .otherwise("30s")
          .meaning(
              "how long a server may take to list its keys, for iteration, `clear` and"
                  + " `removeAll()`");
  static final Option<String> PROTOCOL =
      Option.choice("protocol", BINARY, ASCII)
          .otherwise(BINARY)
          .meaning("`ascii` is for servers and proxies that know no other");

  static final List<Option<?>> ALL =
      Stream.concat(CONNECTION.all().stream(), Stream.of(SCAN_TIMEOUT, PROTOCOL)).toList();

  private MemcachedOptions() {}
}
