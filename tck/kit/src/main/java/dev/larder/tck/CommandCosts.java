package dev.larder.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.Factory;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheWriter;
import javax.cache.processor.EntryProcessor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Which commands each operation sends to a server. A page of the documentation shows them, and is
 * written anew with {@code -Dlarder.refresh=true}.
 *
 * <p>Extend it, and say how commands are counted. An instance serves all tests of its class.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class CommandCosts {
  private static final String BEGIN = "<!-- measured: begin -->\n";
  private static final String END = "<!-- measured: end -->\n";
  private static final Set<String> THREE = Set.of("a", "b", "c");
  private static final Map<String, String> PAIRS = Map.of("a", "1", "b", "2", "c", "3");

  private final String page;
  private final Map<Parts, Map<Policy, Map<Step, String>>> measured = new LinkedHashMap<>();

  /**
   * Creates the tests.
   *
   * @param page the page, in the folder of the documentation
   */
  protected CommandCosts(String page) {
    this.page = page;
  }

  /** Opens a manager of caches on a server that nobody else uses. */
  protected abstract CacheManager open();

  /** Removes all that the server holds. */
  protected abstract void empty();

  /** Says which commands a call sends, such as {@code GET + 2 × SET}, or {@code none}. */
  protected abstract String count(Runnable call);

  @BeforeAll
  final void measure() {
    try (CacheManager manager = open()) {
      for (Parts parts : Parts.values()) {
        for (Policy policy : Policy.values()) {
          measured
              .computeIfAbsent(parts, any -> new LinkedHashMap<>())
              .put(policy, measure(cache(manager, policy, parts), parts));
        }
      }
    }
  }

  /** Measures each call the second time, when the server has seen its like. */
  private Map<Step, String> measure(Cache<String, String> cache, Parts parts) {
    Map<Step, String> counts = new LinkedHashMap<>();
    for (Step step : Step.values()) {
      prepare(cache, step, parts);
      step.call.accept(cache);
      prepare(cache, step, parts);
      counts.put(step, count(() -> step.call.accept(cache)));
    }
    return counts;
  }

  private void prepare(Cache<String, String> cache, Step step, Parts parts) {
    if (parts == Parts.BOUNDED) {
      // Emptied so, it keeps its order; what makes a new one goes on in the background for a while.
      cache.put("a", "1");
      cache.removeAll(THREE);
      awaitQuiet();
    } else {
      empty();
    }
    if (step.isFull) {
      cache.putAll(PAIRS);
    }
  }

  private void awaitQuiet() {
    int quiet = 0;
    while (quiet < 2) {
      quiet = count(() -> {}).equals("none") ? quiet + 1 : 0;
    }
  }

  private static Cache<String, String> cache(CacheManager manager, Policy policy, Parts parts) {
    MutableConfiguration<String, String> configuration =
        new MutableConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiryPolicyFactory(policy.factory)
            .setStatisticsEnabled(parts == Parts.STATISTICS);
    if (parts == Parts.LISTENER) {
      configuration.addCacheEntryListenerConfiguration(
          new MutableCacheEntryListenerConfiguration<>(
              FactoryBuilder.factoryOf(Silent.class), null, false, true));
    } else if (parts == Parts.WRITER) {
      configuration
          .setWriteThrough(true)
          .setCacheWriterFactory(FactoryBuilder.factoryOf(Nowhere.class));
    }
    return manager.createCache(
        policy + "-" + parts, parts == Parts.BOUNDED ? bounded(configuration) : configuration);
  }

  /** Bounds a cache by the policy that reads do not matter to, so that no count depends on time. */
  private static Configuration<String, String> bounded(
      Configuration<String, String> configuration) {
    return LarderConfiguration.from(configuration).toBuilder()
        .maxEntries(3)
        .evictionPolicy(Eviction.FIFO)
        .build();
  }

  private Map<Policy, Map<Step, String>> measured(Parts parts) {
    return requireNonNull(measured.get(parts), "not measured");
  }

  /** Returns what was measured. */
  protected final String cost(Parts parts, Policy policy, Step step) {
    return requireNonNull(requireNonNull(measured(parts).get(policy)).get(step));
  }

  // ---- what must hold -------------------------------------------------------------------------

  @Test
  final void pageShowsWhatWasMeasured() throws IOException {
    Path file = page();
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (Boolean.getBoolean("larder.refresh")) {
      Files.writeString(file, text.substring(0, begin) + tables() + text.substring(end), UTF_8);
      return;
    }
    assertThat(text.substring(begin, end))
        .as("%s; if the change is meant, run this test with -Dlarder.refresh=true", file)
        .isEqualTo(tables());
  }

  @Test
  final void statisticsCostNoCommand() {
    assertThat(measured.get(Parts.STATISTICS)).isEqualTo(measured.get(Parts.NONE));
  }

  @Test
  final void writersAndListenersCostTheSame() {
    assertThat(measured.get(Parts.WRITER)).isEqualTo(measured.get(Parts.LISTENER));
  }

  // ---- the page -------------------------------------------------------------------------------

  private Path page() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/architecture.md"))) {
      folder = requireNonNull(folder.getParent(), "the tests run outside of the project");
    }
    return folder.resolve("docs").resolve(page);
  }

  private String tables() {
    return "\n## A cache without listeners and writer\n\n"
        + table(measured(Parts.NONE))
        + "\n## A cache with a listener or a writer\n\n"
        + table(measured(Parts.LISTENER))
        + "\n## A bounded cache without listeners and writer\n\n"
        + (measured(Parts.BOUNDED).equals(measured(Parts.NONE))
            ? "The same as without a bound.\n"
            : table(measured(Parts.BOUNDED)))
        + "\n";
  }

  private static String table(Map<Policy, Map<Step, String>> counts) {
    StringBuilder table = new StringBuilder("| operation |");
    counts.keySet().forEach(policy -> table.append(' ').append(policy.title).append(" |"));
    table.append("\n|---|").append("---|".repeat(counts.size())).append('\n');
    for (Step step : Step.values()) {
      table
          .append("| ")
          .append(step.title)
          .append(
              counts.values().stream().map(of -> of.get(step)).collect(joining(" | ", " | ", "")))
          .append(" |\n");
    }
    return table.toString();
  }

  // ---- what is measured -----------------------------------------------------------------------

  /** What a cache has beside entries. */
  public enum Parts {
    NONE,
    STATISTICS,
    LISTENER,
    WRITER,
    BOUNDED
  }

  /** When entries expire. */
  @SuppressWarnings("ImmutableEnumChecker") // JSR-107's factories never change
  public enum Policy {
    ETERNAL("eternal", EternalExpiryPolicy.factoryOf()),
    CREATED("created", CreatedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),
    MODIFIED("modified", ModifiedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),
    ACCESSED("accessed", AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),
    TOUCHED("touched", TouchedExpiryPolicy.factoryOf(Duration.ONE_HOUR)),
    OWN("own policy", FactoryBuilder.factoryOf(OwnPolicy.class));

    private final String title;
    private final Factory<? extends ExpiryPolicy> factory;

    Policy(String title, Factory<? extends ExpiryPolicy> factory) {
      this.title = title;
      this.factory = factory;
    }
  }

  /** What is measured. */
  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  public enum Step {
    GET("`get`, a hit", true, cache -> cache.get("a")),
    GET_MISS("`get`, a miss", false, cache -> cache.get("a")),
    GET_ALL("`getAll` of 3", true, cache -> cache.getAll(THREE)),
    CONTAINS("`containsKey`", true, cache -> cache.containsKey("a")),
    PUT("`put`, a new key", false, cache -> cache.put("a", "new")),
    PUT_OVER("`put`, an existing key", true, cache -> cache.put("a", "new")),
    PUT_ALL("`putAll` of 3", false, cache -> cache.putAll(PAIRS)),
    PUT_IF_ABSENT("`putIfAbsent`, a new key", false, cache -> cache.putIfAbsent("a", "new")),
    PUT_IF_ABSENT_OVER(
        "`putIfAbsent`, an existing key", true, cache -> cache.putIfAbsent("a", "new")),
    GET_AND_PUT("`getAndPut`, a new key", false, cache -> cache.getAndPut("a", "new")),
    GET_AND_PUT_OVER("`getAndPut`, an existing key", true, cache -> cache.getAndPut("a", "new")),
    REPLACE("`replace(key, value)`", true, cache -> cache.replace("a", "new")),
    REPLACE_MISSING("`replace(key, value)`, no entry", false, cache -> cache.replace("a", "new")),
    GET_AND_REPLACE("`getAndReplace`", true, cache -> cache.getAndReplace("a", "new")),
    GET_AND_REPLACE_MISSING(
        "`getAndReplace`, no entry", false, cache -> cache.getAndReplace("a", "new")),
    REPLACE_IF_EQUAL(
        "`replace(key, old, new)`, equal", true, cache -> cache.replace("a", "1", "new")),
    REPLACE_IF_EQUAL_UNEQUAL(
        "`replace(key, old, new)`, unequal", true, cache -> cache.replace("a", "9", "new")),
    REMOVE("`remove(key)`", true, cache -> cache.remove("a")),
    REMOVE_MISSING("`remove(key)`, no entry", false, cache -> cache.remove("a")),
    GET_AND_REMOVE("`getAndRemove`", true, cache -> cache.getAndRemove("a")),
    REMOVE_IF_EQUAL("`remove(key, old)`, equal", true, cache -> cache.remove("a", "1")),
    REMOVE_IF_EQUAL_UNEQUAL("`remove(key, old)`, unequal", true, cache -> cache.remove("a", "9")),
    REMOVE_SOME("`removeAll` of 3", true, cache -> cache.removeAll(THREE)),
    REMOVE_ALL("`removeAll()` of 3", true, Cache::removeAll),
    CLEAR("`clear` of 3", true, Cache::clear),
    ITERATE("iterating over 3", true, cache -> cache.forEach(entry -> {})),
    INVOKE_READ("`invoke` that reads", true, cache -> cache.invoke("a", READ)),
    INVOKE_CREATE("`invoke` that creates", false, cache -> cache.invoke("a", SET)),
    INVOKE_UPDATE("`invoke` that updates", true, cache -> cache.invoke("a", SET)),
    INVOKE_REMOVE("`invoke` that removes", true, cache -> cache.invoke("a", REMOVE_ENTRY)),
    INVOKE_ALL("`invokeAll` of 3 that updates", true, cache -> cache.invokeAll(THREE, SET));

    private final String title;

    /** Whether the three keys exist before. */
    private final boolean isFull;

    private final Consumer<Cache<String, String>> call;

    Step(String title, boolean isFull, Consumer<Cache<String, String>> call) {
      this.title = title;
      this.isFull = isFull;
      this.call = call;
    }
  }

  private static final EntryProcessor<String, String, String> READ =
      (entry, arguments) -> entry.getValue();

  private static final EntryProcessor<String, String, Void> SET =
      (entry, arguments) -> {
        entry.setValue(entry.exists() ? entry.getValue() + "+" : "new");
        return null;
      };

  private static final EntryProcessor<String, String, Void> REMOVE_ENTRY =
      (entry, arguments) -> {
        entry.remove();
        return null;
      };

  /** A policy that is not one of JSR-107's, so that it must be asked each time. */
  public static final class OwnPolicy implements ExpiryPolicy {
    /** Called by a factory. */
    public OwnPolicy() {}

    @Override
    public Duration getExpiryForCreation() {
      return Duration.ONE_HOUR;
    }

    @Override
    public Duration getExpiryForAccess() {
      return Duration.ONE_DAY;
    }

    @Override
    public Duration getExpiryForUpdate() {
      return Duration.ONE_HOUR;
    }
  }

  /** A listener that does nothing. */
  public static final class Silent implements CacheEntryCreatedListener<String, String> {
    /** Called by a factory. */
    public Silent() {}

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {}
  }

  /** A writer that does nothing. */
  public static final class Nowhere implements CacheWriter<String, String> {
    /** Called by a factory. */
    public Nowhere() {}

    @Override
    public void write(Cache.Entry<? extends String, ? extends String> entry) {}

    @Override
    public void writeAll(Collection<Cache.Entry<? extends String, ? extends String>> entries) {
      entries.clear();
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.clear();
    }
  }
}
