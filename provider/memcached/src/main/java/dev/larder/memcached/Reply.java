package dev.larder.memcached;

import java.util.Map;
import net.spy.memcached.ops.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered.
 *
 * @param code success, or why the condition of a command was not met
 * @param data the value that was found, if any
 * @param flags the flags of that value
 * @param cas the number that the server gave to that value
 * @param epoch says over which connection the answer came
 * @param message what the server said beside it
 * @param stats the figures that were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Reply(
    StatusCode code,
    byte @Nullable [] data,
    int flags,
    long cas,
    int epoch,
    String message,
    Map<String, String> stats) {

  /** Says whether the command did what it says, or found what it looked for. */
  boolean isSuccess() {
    return code == StatusCode.SUCCESS;
  }
}
