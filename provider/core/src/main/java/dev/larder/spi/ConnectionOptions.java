package dev.larder.spi;

import java.time.Duration;
import java.util.List;

/**
 * The options of a connection that all backends on servers have, under the same names. A {@link
 * RemoteStoreFactory} keeps them in a constant, for an {@link Option} is equal to itself alone, has
 * {@link #all} among its own, and reads them by {@link #limits}.
 *
 * <p>Immutable.
 */
public final class ConnectionOptions {
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_SILENCE = Duration.ofHours(5);
  private static final int SILENT_TIMEOUTS = 5;
  private static final Duration SHORTEST_DEFAULT_CONNECT = Duration.ofSeconds(1);

  private final Option<Duration> timeout =
      Option.duration("timeout", SHORTEST, LONGEST)
          .otherwise("1s")
          .meaning("how long a command may take");
  private final Option<Duration> connectTimeout =
      Option.duration("connectTimeout", SHORTEST, LONGEST)
          .otherwise("`1s`, or `timeout` if that is longer")
          .meaning("how long each step of connecting may take");
  private final Option<Long> inFlight =
      Option.number("inFlight", 1, 1_000_000)
          .otherwise("4096")
          .meaning(
              "how many commands may wait for their answers at once; one more fails without being"
                  + " sent");
  private final Option<Duration> silence =
      Option.duration("silence", SHORTEST, LONGEST_SILENCE)
          .otherwise("5 × `timeout`")
          .meaning(
              "how long a connection that owes answers may give no sign of life; then it is cut and"
                  + " made anew. At least `timeout`, and longer than the slowest command of any"
                  + " client");

  /** Creates the options of one backend. */
  public ConnectionOptions() {}

  /** Returns the options: {@code timeout}, {@code connectTimeout}, inFlight and silence. */
  public List<Option<?>> all() {
    return List.of(timeout, connectTimeout, inFlight, silence);
  }

  /**
   * Returns what some values say, with the default of each that has none.
   *
   * @throws IllegalArgumentException if a silence is shorter than the time a command has
   */
  public ConnectionLimits limits(OptionValues values) {
    Duration command = values.get(timeout);
    Duration connect = values.find(connectTimeout);
    Duration silent = values.find(silence);
    if (silent != null && silent.compareTo(command) < 0) {
      throw new IllegalArgumentException(
          "silence=%dms is not allowed; it must be at least timeout, which is %dms"
              .formatted(silent.toMillis(), command.toMillis()));
    }
    Duration defaultConnect =
        command.compareTo(SHORTEST_DEFAULT_CONNECT) < 0 ? SHORTEST_DEFAULT_CONNECT : command;
    return new ConnectionLimits(
        command,
        connect == null ? defaultConnect : connect,
        Math.toIntExact(values.get(inFlight)),
        silent == null ? command.multipliedBy(SILENT_TIMEOUTS) : silent);
  }
}
