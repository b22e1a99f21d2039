package dev.larder.async;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks on at the commands of an {@link AsyncCache}: before each, and after it.
 *
 * <p>The plugins of a cache ({@link AsyncCache.Settings.Builder#plugin}) are called in the order in
 * which they were added, before the command as well as after it. They must be safe for any thread
 * and should be quick: they are waited for. What one throws is logged, and changes neither the
 * command nor what other plugins see.
 */
public interface CachePlugin {
  /** Called before a command, on the thread that calls it. */
  default void before(Call call) {}

  /** Called when a command has ended, before its stage is complete. */
  default void after(Call call, Outcome outcome) {}

  /** Returns a plugin that is called before each command of one kind. */
  static CachePlugin before(Command command, Consumer<? super Call> hook) {
    requireNonNull(command, "command");
    requireNonNull(hook, "hook");
    return new CachePlugin() {
      @Override
      public void before(Call call) {
        if (call.command() == command) {
          hook.accept(call);
        }
      }
    };
  }

  /** Returns a plugin that is called after each command of one kind. */
  static CachePlugin after(Command command, BiConsumer<? super Call, ? super Outcome> hook) {
    requireNonNull(command, "command");
    requireNonNull(hook, "hook");
    return new CachePlugin() {
      @Override
      public void after(Call call, Outcome outcome) {
        if (call.command() == command) {
          hook.accept(call, outcome);
        }
      }
    };
  }

  /** The kinds of commands, each with the operations that count as one. */
  enum Command {
    /** {@code get}. */
    GET,
    /** {@code multiGet} and {@code getAll}. */
    MULTI_GET,
    /** {@code exists} and {@code containsKey}. */
    EXISTS,
    /** {@code set}, {@code put} and {@code getAndPut}. */
    SET,
    /** {@code multiSet} and {@code putAll}. */
    MULTI_SET,
    /** {@code add} and {@code putIfAbsent}. */
    ADD,
    /** {@code replace} and {@code getAndReplace}. */
    REPLACE,
    /** {@code delete}, {@code remove} and {@code getAndRemove}. */
    DELETE,
    /** {@code removeAll} with keys. */
    MULTI_DELETE,
    /** {@code increment}. */
    INCREMENT,
    /** {@code expire}. */
    EXPIRE,
    /** {@code invoke} and {@code invokeAll}. */
    INVOKE,
    /** {@code loadAll}. */
    LOAD,
    /** {@code clear}, and {@code removeAll} without keys. */
    CLEAR,
    /** {@code raw}. */
    RAW
  }

  /**
   * A command with its arguments.
   *
   * @param cache where it was called
   * @param keys the keys that it concerns; none if that is all of them
   * @param values the values that it stores, in the order of the keys
   */
  record Call(AsyncCache<?, ?> cache, Command command, List<?> keys, List<?> values) {}

  /**
   * How a command ended.
   *
   * @param result what the cache returned; null if that is null, or if it failed. A get that missed
   *     has null here, whatever default its caller asked for; a multi-get has a map of what it
   *     found
   * @param failure why it failed; null if it did not
   * @param took the time since the first plugin was called
   */
  record Outcome(@Nullable Object result, @Nullable Throwable failure, Duration took) {}
}
