package dev.larder.memcached;

import dev.larder.spi.Option;
import java.time.Duration;
import java.util.List;

/** The parameters of a URI. */
final class MemcachedOptions {
  static final String BINARY = "binary";
  static final String ASCII = "ascii";

  static final Option<Duration> TIMEOUT =
      time("timeout", Duration.ofHours(1)).otherwise("1s").meaning("how long a command may take");
  static final Option<Duration> CONNECT_TIMEOUT =
      time("connectTimeout", Duration.ofHours(1))
          .otherwise("`1s`, or `timeout` if that is longer")
          .meaning("how long each step of connecting may take");
  static final Option<Duration> SCAN_TIMEOUT =
      time("scanTimeout", Duration.ofHours(1))
          .otherwise("30s")
          .meaning(
              "how long a server may take to list its keys, for iteration, `clear` and"
                  + " `removeAll()`");
  static final Option<Long> IN_FLIGHT =
      Option.number("inFlight", 1, 1_000_000)
          .otherwise("4096")
          .meaning(
              "how many commands may wait for their answers at once; one more fails without being"
                  + " sent");
  static final Option<Duration> SILENCE =
      time("silence", Duration.ofHours(5))
          .otherwise("5 × `timeout`")
          .meaning(
              "how long a connection that owes answers may give no sign of life; then it is cut and"
                  + " made anew. At least `timeout`");
  static final Option<String> PROTOCOL =
      Option.choice("protocol", BINARY, ASCII)
          .otherwise(BINARY)
          .meaning("`ascii` is for servers and proxies that know no other");

  static final List<Option<?>> ALL =
      List.of(TIMEOUT, CONNECT_TIMEOUT, SCAN_TIMEOUT, IN_FLIGHT, SILENCE, PROTOCOL);

  private MemcachedOptions() {}

  private static Option<Duration> time(String name, Duration most) {
    return Option.duration(name, Duration.ofMillis(10), most);
  }
}
