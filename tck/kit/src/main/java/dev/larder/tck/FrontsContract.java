package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderConfiguration;
import dev.larder.async.AsyncCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.EntryProcessorResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Both fronts of a cache do the same: whatever commands they get, one after the other, they answer
 * alike, refuse alike, count alike, and have the same entries in the end.
 */
public abstract class FrontsContract extends CacheContract {
  private static final int STEPS = 300;
  private static final List<String> KEYS = List.of("a", "b", "c", "bad");
  private static final List<String> VALUES = List.of("", "1", "2", "x");

  /** Makes the contract one of a backend. */
  protected FrontsContract(Subject subject) {
    super(subject);
  }

  /** A front of a cache, as JCache and as aiocache have its commands. */
  private record Front(Cache<String, String> cache, Commands<String, String> commands) {}

  private record Step(String name, Function<Front, @Nullable Object> command) {}

  @RepeatedTest(3)
  @DisplayName("the same random commands have the same outcome on both fronts")
  void sameCommandsHaveTheSameOutcome(RepetitionInfo repetition) {
    Cache<String, String> here = create(configured());
    Cache<String, String> there = create(configured());
    Front waiting = new Front(here, Commands.of(here));
    Front asynchronous = new Front(new WaitingCache<>(there), Commands.of(AsyncCache.of(there)));
    Random random = new Random(repetition.getCurrentRepetition());
    List<String> history = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      Step step = step(random);
      String expected = outcome(() -> step.command.apply(waiting));
      history.add(step.name + " → " + expected);
      assertThat(outcome(() -> step.command.apply(asynchronous)))
          .as(() -> String.join("\n", history))
          .isEqualTo(expected);
    }
    assertThat(entries(there)).isEqualTo(entries(here));
    assertThat(figuresOf(there)).isEqualTo(figuresOf(here));
  }

  private LarderConfiguration.Builder<String, String> configured() {
    return settings(String.class, String.class)
        .loader(always(new Loaders.Simple<>(FrontsContract::loaded)))
        .statisticsEnabled(true);
  }

  private static Map<String, String> entries(Cache<String, String> cache) {
    Map<String, String> entries = new HashMap<>();
    cache.forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return entries;
  }

  private static List<Long> figuresOf(Cache<?, ?> cache) {
    CacheStatisticsMXBean figures = statistics(cache);
    return List.of(
        figures.getCacheHits(),
        figures.getCacheMisses(),
        figures.getCachePuts(),
        figures.getCacheRemovals());
  }

  // ---- commands --------------------------------------------------------------------------------

  private static Step step(Random random) {
    String key = KEYS.get(random.nextInt(KEYS.size()));
    String value = VALUES.get(random.nextInt(VALUES.size()));
    String other = VALUES.get(random.nextInt(VALUES.size()));
    List<Step> steps = new ArrayList<>(ofOneKey(key, value, other));
    steps.addAll(ofSeveralKeys(random, value));
    steps.addAll(ofAiocache(random, key, value, other));
    steps.addAll(wrong(key, value));
    return steps.get(random.nextInt(steps.size()));
  }

  private static List<Step> ofOneKey(String key, String value, String other) {
    String pair = "(" + key + ", '" + value + "')";
    return List.of(
        of("get " + key, cache -> cache.get(key)),
        of("containsKey " + key, cache -> cache.containsKey(key)),
        doing("put " + pair, cache -> cache.put(key, value)),
        of("getAndPut " + pair, cache -> cache.getAndPut(key, value)),
        of("putIfAbsent " + pair, cache -> cache.putIfAbsent(key, value)),
        of("remove " + key, cache -> cache.remove(key)),
        of("remove " + pair, cache -> cache.remove(key, value)),
        of("getAndRemove " + key, cache -> cache.getAndRemove(key)),
        of("replace " + pair, cache -> cache.replace(key, value)),
        of("replace " + pair + " by " + other, cache -> cache.replace(key, value, other)),
        of("getAndReplace " + pair, cache -> cache.getAndReplace(key, value)),
        of("invoke " + pair, cache -> cache.invoke(key, process(), value, other)));
  }

  private static List<Step> ofSeveralKeys(Random random, String value) {
    Set<String> keys = new TreeSet<>(KEYS.subList(0, random.nextInt(KEYS.size())));
    boolean replacing = random.nextBoolean();
    Map<String, String> entries = new TreeMap<>();
    keys.forEach(key -> entries.put(key, value + key));
    return List.of(
        of("getAll " + keys, cache -> new TreeMap<>(cache.getAll(keys))),
        doing("putAll " + entries, cache -> cache.putAll(entries)),
        doing("removeAll " + keys, cache -> cache.removeAll(keys)),
        doing("removeAll", Cache::removeAll),
        doing("clear", Cache::clear),
        doing("loadAll " + keys + replacing, cache -> load(cache, keys, replacing)),
        doing("loadAll bad", cache -> load(cache, Set.of("bad"), true)),
        of("invokeAll " + keys, cache -> outcomes(cache.invokeAll(keys, process(), value, "9"))));
  }

  private static List<Step> ofAiocache(Random random, String key, String value, String other) {
    List<String> keys =
        Stream.generate(() -> KEYS.get(random.nextInt(KEYS.size()))).limit(3).toList();
    return List.of(
        new Step("multi-get " + keys, front -> front.commands.multiGet(keys)),
        new Step("add " + key + value, front -> front.commands.add(key, value)),
        new Step("delete " + key, front -> front.commands.delete(key)),
        new Step("exists " + key, front -> front.commands.exists(key)),
        new Step("cas " + key, front -> front.commands.replace(key, value, other)));
  }

  @SuppressWarnings({"NullAway", "unchecked"}) // these commands are wrong
  private static List<Step> wrong(String key, String value) {
    Map<String, String> withNull = new HashMap<>();
    withNull.put(key, null);
    return List.of(
        of("get null", cache -> cache.get(null)),
        of("put no value", cache -> cache.getAndPut(key, null)),
        of("getAll with null", cache -> cache.getAll(Collections.<String>singleton(null))),
        doing("putAll null value", cache -> cache.putAll(withNull)),
        of("invoke nothing", cache -> cache.invoke(key, null)),
        of("invoke and fail", cache -> cache.invoke(key, process(), value, "fail")),
        of("a key of another type", cache -> ((Cache<Object, String>) (Cache<?, ?>) cache).get(1)),
        of("unwrap", cache -> cache.unwrap(Random.class)));
  }

  private static Step of(String name, Function<Cache<String, String>, @Nullable Object> command) {
    return new Step(name, front -> command.apply(front.cache));
  }

  private static Step doing(String name, Consumer<Cache<String, String>> command) {
    return of(
        name,
        cache -> {
          command.accept(cache);
          return "done";
        });
  }

  /** Depending on what is there: sets, removes, only reads, or fails. */
  private static EntryProcessor<String, String, String> process() {
    return (entry, arguments) -> {
      String before = entry.getValue();
      if (arguments[1].equals("fail")) {
        entry.setValue("never kept");
        throw new IllegalStateException("as asked");
      }
      if (arguments[1].equals(before)) {
        entry.remove();
      } else if (!"x".equals(before)) {
        entry.setValue((String) arguments[0]);
      }
      return before;
    };
  }

  private static void load(Cache<String, String> cache, Set<String> keys, boolean replacing) {
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    cache.loadAll(keys, replacing, loaded);
    try {
      loaded.get();
    } catch (ExecutionException e) {
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Loads what a key is called, twice; not all of them. */
  private static String loaded(String key) {
    if (key.equals("bad")) {
      throw new IllegalStateException("no such key");
    }
    return key + key;
  }

  // ---- outcomes --------------------------------------------------------------------------------

  private static Map<String, String> outcomes(Map<String, EntryProcessorResult<String>> results) {
    Map<String, String> outcomes = new TreeMap<>();
    results.forEach((key, result) -> outcomes.put(key, outcome(result::get)));
    return outcomes;
  }

  /** Returns what a command returned, or what it threw. */
  private static String outcome(Supplier<@Nullable Object> command) {
    try {
      return String.valueOf(command.get());
    } catch (EntryProcessorException e) {
      return "EntryProcessorException: " + e.getCause();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }
}
