package dev.larder.internal.front;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import dev.larder.internal.Spelling;
import dev.larder.internal.engine.ImmediateEngine.Local;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a cache in memory: methods of {@link java.util.concurrent.ConcurrentMap}, by
 * their names in any case.
 *
 * <p>What reads looks at the live entries, which counts as nothing, renews and loads nothing; what
 * writes is an operation of the cache.
 */
final class MapCommands<K, V> {
  private final AsyncFront<K, V> cache;
  private final Local<K, V> entries;
  private final Border<K, V> border;

  /** Works on the entries of a cache, which are behind its border. */
  MapCommands(AsyncFront<K, V> cache, Local<K, V> entries, Border<K, V> border) {
    this.cache = cache;
    this.entries = entries;
    this.border = border;
  }

  /** Executes a command; fails with an {@link IllegalArgumentException} if there is none such. */
  CompletionStage<@Nullable Object> execute(String command, List<Object> arguments) {
    List<Form> named = Arrays.stream(Form.values()).filter(form -> form.isNamed(command)).toList();
    for (Form form : named) {
      if (form.arguments() == arguments.size()) {
        return execute(form, arguments).thenApply(answer -> answer);
      }
    }
    return failedStage(
        new IllegalArgumentException(
            "raw on a cache in memory: "
                + (named.isEmpty() ? unknown(command) : wrongArity(named, arguments.size()))));
  }

  private static String unknown(String command) {
    List<String> names = Arrays.stream(Form.values()).map(Form::command).distinct().toList();
    return Spelling.unknown("command", command, names);
  }

  private static String wrongArity(List<Form> named, int given) {
    return "'%s' does not take %d arguments; write: %s"
        .formatted(
            named.get(0).command(),
            given,
            named.stream().map(form -> form.text).collect(Collectors.joining(", or ")));
  }

  private CompletionStage<? extends @Nullable Object> execute(Form form, List<Object> given) {
    return switch (form) {
      case GET -> completedStage(look(key(given)));
      case GET_OR_DEFAULT -> completedStage(lookOr(key(given), value(given, 1)));
      case CONTAINS_KEY -> cache.containsKey(key(given));
      case PUT -> cache.getAndPut(key(given), value(given, 1), null);
      case PUT_IF_ABSENT -> cache.getOrPut(key(given), value(given, 1));
      case REPLACE -> cache.getAndReplace(key(given), value(given, 1), null);
      case REPLACE_IF_EQUAL -> cache.replace(key(given), value(given, 1), value(given, 2), null);
      case REMOVE -> cache.getAndRemove(key(given));
      case REMOVE_IF_EQUAL -> cache.remove(key(given), value(given, 1));
      case SIZE -> completedStage(entries.snapshot().size());
      case IS_EMPTY -> completedStage(entries.snapshot().isEmpty());
      case KEY_SET -> completedStage(keys());
      case VALUES -> completedStage(List.copyOf(copies().values()));
      case ENTRY_SET -> completedStage(copies().entrySet());
      case CLEAR -> cache.clear();
    };
  }

  @SuppressWarnings("unchecked") // the border checks it
  private K key(List<Object> given) {
    return (K) given.get(0);
  }

  @SuppressWarnings("unchecked") // the border checks it
  private V value(List<Object> given, int index) {
    return (V) given.get(index);
  }

  private @Nullable V look(K key) {
    return border.copied(entries.look(border.checkedKey(key)));
  }

  private V lookOr(K key, V other) {
    V checked = border.checkedValue(other, "default");
    V found = look(key);
    return found == null ? checked : found;
  }

  private Set<K> keys() {
    return entries.snapshot().keySet().stream()
        .map(border::copiedKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<K, V> copies() {
    return border.copiedEntries(entries.snapshot());
  }

  /** A command with one of its lists of arguments. */
  private enum Form {
    GET("get key"),
    GET_OR_DEFAULT("getOrDefault key default"),
    CONTAINS_KEY("containsKey key"),
    PUT("put key value"),
    PUT_IF_ABSENT("putIfAbsent key value"),
    REPLACE("replace key value"),
    REPLACE_IF_EQUAL("replace key oldValue newValue"),
    REMOVE("remove key"),
    REMOVE_IF_EQUAL("remove key value"),
    SIZE("size"),
    IS_EMPTY("isEmpty"),
    KEY_SET("keySet"),
    VALUES("values"),
    ENTRY_SET("entrySet"),
    CLEAR("clear");

    private final String text;

    Form(String text) {
      this.text = text;
    }

    private String command() {
      return text.split(" ", -1)[0];
    }

    private int arguments() {
      return text.split(" ", -1).length - 1;
    }

    private boolean isNamed(String command) {
      return command().equalsIgnoreCase(command);
    }
  }
}
