package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.CacheModel.Event;
import dev.larder.CacheModel.TimesToLive;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryExpiredListener;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import javax.cache.integration.CompletionListenerFuture;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Compares a whole cache with {@link CacheModel}: whatever is done in whatever order under whatever
 * settings, answers, entries, statistics, events and calls of the writer are the same.
 */
class ModelTest {
  private static final LarderCachingProvider PROVIDER = new LarderCachingProvider();
  private static final CacheManager MANAGER = PROVIDER.getCacheManager();
  private static final int KEYS = 4;

  @AfterContainer
  static void close() {
    PROVIDER.close();
  }

  @Property(tries = 3_000)
  void cacheDoesWhatTheModelDoes(
      @ForAll("settings") Settings settings, @ForAll("steps") List<Step> steps) throws Exception {
    Subject subject = new Subject(settings);
    try {
      for (Step step : steps) {
        subject.take(step);
      }
      subject.compareAtTheEnd();
    } finally {
      subject.cache.close();
    }
  }

  @Provide
  Arbitrary<Settings> settings() {
    Arbitrary<Long> millis = Arbitraries.of(null, 0L, 10L, 25L, CacheModel.FOREVER);
    Arbitrary<PolicyKind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.of(PolicyKind.class)),
            Tuple.of(2, Arbitraries.just(PolicyKind.OWN)));
    Arbitrary<Boolean> flag = Arbitraries.of(false, true);
    Arbitrary<Eviction> evictions = Arbitraries.of(Eviction.class).injectNull(0.5);
    return Combinators.combine(
            Combinators.combine(kinds, millis, millis, millis).as(Expiry::new),
            evictions,
            flag,
            flag,
            flag,
            flag)
        .as(
            (expiry, eviction, listened, written, readThrough, byValue) ->
                new Settings(
                    expiry.kind(),
                    expiry.creation(),
                    expiry.update(),
                    expiry.access(),
                    eviction,
                    listened,
                    written,
                    readThrough,
                    byValue));
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(Operation.class),
            Arbitraries.integers().between(0, KEYS - 1),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 3))
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  enum PolicyKind {
    ETERNAL,
    CREATED,
    MODIFIED,
    ACCESSED,
    TOUCHED,
    OWN
  }

  private record Expiry(PolicyKind kind, Long creation, Long update, Long access) {}

  /**
   * How a cache is made; times are milliseconds, {@code null} where a policy may say so, and no
   * eviction policy means no bound. A bound has just room enough for all keys.
   */
  record Settings(
      PolicyKind kind,
      Long creation,
      Long update,
      Long access,
      Eviction eviction,
      boolean listened,
      boolean written,
      boolean readThrough,
      boolean byValue) {

    TimesToLive timesToLive() {
      Long one = creation == null ? Long.valueOf(10) : creation;
      return switch (kind) {
        case ETERNAL -> new TimesToLive(CacheModel.FOREVER, null, null);
        case CREATED -> new TimesToLive(one, null, null);
        case MODIFIED -> new TimesToLive(one, one, null);
        case ACCESSED -> new TimesToLive(one, null, one);
        case TOUCHED -> new TimesToLive(one, one, one);
        case OWN -> new TimesToLive(creation, update, access);
      };
    }

    ExpiryPolicy policy() {
      TimesToLive times = timesToLive();
      Duration one = times.creation() == null ? null : duration(times.creation());
      return switch (kind) {
        case ETERNAL -> new EternalExpiryPolicy();
        case CREATED -> new CreatedExpiryPolicy(one);
        case MODIFIED -> new ModifiedExpiryPolicy(one);
        case ACCESSED -> new AccessedExpiryPolicy(one);
        case TOUCHED -> new TouchedExpiryPolicy(one);
        case OWN -> new OwnPolicy(one, duration(times.update()), duration(times.access()));
      };
    }

    private static Duration duration(Long millis) {
      if (millis == null) {
        return null;
      }
      return millis == CacheModel.FOREVER
          ? Duration.ETERNAL
          : new Duration(TimeUnit.MILLISECONDS, millis);
    }
  }

  private record OwnPolicy(
      Duration getExpiryForCreation, Duration getExpiryForUpdate, Duration getExpiryForAccess)
      implements ExpiryPolicy {}

  /** One call; what an operation does not need it ignores. */
  record Step(Operation operation, int key, int value, int other) {}

  /** Makes the same call on a cache and on its model; the answers have to be equal. */
  interface Call {
    Object on(Cache<Integer, Integer> cache, Step step) throws Exception;
  }

  interface ModelCall {
    Object on(CacheModel model, Step step);
  }

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  enum Operation {
    GET((cache, step) -> cache.get(step.key), (model, step) -> model.get(step.key)),
    CONTAINS_KEY(
        (cache, step) -> cache.containsKey(step.key), (model, step) -> model.containsKey(step.key)),
    GET_ALL((cache, step) -> cache.getAll(keys(step)), (model, step) -> model.getAll(keys(step))),
    PUT(
        (cache, step) -> {
          cache.put(step.key, step.value);
          return null;
        },
        (model, step) -> model.put(step.key, step.value)),
    GET_AND_PUT(
        (cache, step) -> cache.getAndPut(step.key, step.value),
        (model, step) -> model.getAndPut(step.key, step.value)),
    PUT_ALL(
        (cache, step) -> {
          cache.putAll(entries(step));
          return null;
        },
        (model, step) -> model.putAll(entries(step))),
    PUT_IF_ABSENT(
        (cache, step) -> cache.putIfAbsent(step.key, step.value),
        (model, step) -> model.putIfAbsent(step.key, step.value)),
    REMOVE((cache, step) -> cache.remove(step.key), (model, step) -> model.remove(step.key)),
    REMOVE_IF_EQUAL(
        (cache, step) -> cache.remove(step.key, step.value),
        (model, step) -> model.removeIfEqual(step.key, step.value)),
    GET_AND_REMOVE(
        (cache, step) -> cache.getAndRemove(step.key),
        (model, step) -> model.getAndRemove(step.key)),
    REPLACE(
        (cache, step) -> cache.replace(step.key, step.value),
        (model, step) -> model.getAndReplace(step.key, step.value) != null),
    GET_AND_REPLACE(
        (cache, step) -> cache.getAndReplace(step.key, step.value),
        (model, step) -> model.getAndReplace(step.key, step.value)),
    REPLACE_IF_EQUAL(
        (cache, step) -> cache.replace(step.key, step.other, step.value),
        (model, step) -> model.replaceIfEqual(step.key, step.other, step.value)),
    REMOVE_ALL_OF(
        (cache, step) -> {
          cache.removeAll(keys(step));
          return null;
        },
        (model, step) -> model.removeAll(keys(step))),
    REMOVE_ALL(
        (cache, step) -> {
          cache.removeAll();
          return null;
        },
        (model, step) -> model.removeAll(model.liveKeys())),
    CLEAR(
        (cache, step) -> {
          cache.clear();
          return null;
        },
        (model, step) -> model.clear()),
    ITERATE((cache, step) -> iterate(cache), (model, step) -> model.iterate()),
    ITERATE_AND_REMOVE(
        (cache, step) -> iterateAndRemove(cache, step.value),
        (model, step) -> model.iterateAndRemove(step.value)),
    LOAD_ALL(
        (cache, step) -> loadAll(cache, keys(step), step.value == 0),
        (model, step) -> model.loadAll(keys(step), step.value == 0)),
    // Entry processors, by what they do to the entry.
    LOOK((cache, step) -> invoke(cache, step, "g"), (model, step) -> model.invoke(step, "g")),
    ASK((cache, step) -> invoke(cache, step, "e"), (model, step) -> model.invoke(step, "e")),
    SET((cache, step) -> invoke(cache, step, "s"), (model, step) -> model.invoke(step, "s")),
    TAKE((cache, step) -> invoke(cache, step, "r"), (model, step) -> model.invoke(step, "r")),
    LOOK_AND_SET(
        (cache, step) -> invoke(cache, step, "gs"), (model, step) -> model.invoke(step, "gs")),
    SET_AND_LOOK(
        (cache, step) -> invoke(cache, step, "sg"), (model, step) -> model.invoke(step, "sg")),
    LOOK_AND_TAKE(
        (cache, step) -> invoke(cache, step, "gr"), (model, step) -> model.invoke(step, "gr")),
    SET_AND_TAKE(
        (cache, step) -> invoke(cache, step, "sr"), (model, step) -> model.invoke(step, "sr")),
    LOOK_SET_AND_TAKE(
        (cache, step) -> invoke(cache, step, "gsr"), (model, step) -> model.invoke(step, "gsr")),
    TAKE_AND_SET(
        (cache, step) -> invoke(cache, step, "rs"), (model, step) -> model.invoke(step, "rs")),
    SET_AND_FAIL(
        (cache, step) -> invoke(cache, step, "sx"), (model, step) -> model.invoke(step, "sx")),
    // Time is the subject's.
    WAIT((cache, step) -> null, (model, step) -> model.advance(1 + 7L * step.value)),
    WAIT_LONG((cache, step) -> null, (model, step) -> model.advance(25));

    private final Call call;
    private final ModelCall modelCall;

    Operation(Call call, ModelCall modelCall) {
      this.call = call;
      this.modelCall = modelCall;
    }

    private static Set<Integer> keys(Step step) {
      Set<Integer> keys = new LinkedHashSet<>();
      keys.add(step.key);
      keys.add((step.key + step.other) % KEYS);
      keys.add((step.key + 1) % KEYS);
      return keys;
    }

    private static Map<Integer, Integer> entries(Step step) {
      Map<Integer, Integer> entries = new LinkedHashMap<>();
      keys(step).forEach(key -> entries.put(key, (step.value + entries.size()) % 4));
      return entries;
    }

    private static Map<Integer, Integer> iterate(Cache<Integer, Integer> cache) {
      Map<Integer, Integer> seen = new TreeMap<>();
      cache.forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
      return seen;
    }

    private static Map<Integer, Integer> iterateAndRemove(
        Cache<Integer, Integer> cache, int value) {
      Map<Integer, Integer> seen = new TreeMap<>();
      Iterator<Cache.Entry<Integer, Integer>> entries = cache.iterator();
      while (entries.hasNext()) {
        Cache.Entry<Integer, Integer> entry = entries.next();
        seen.put(entry.getKey(), entry.getValue());
        if (entry.getValue() == value) {
          entries.remove();
        }
      }
      return seen;
    }

    private static Object loadAll(
        Cache<Integer, Integer> cache, Set<Integer> keys, boolean replacing) throws Exception {
      CompletionListenerFuture done = new CompletionListenerFuture();
      cache.loadAll(keys, replacing, done);
      try {
        return done.get();
      } catch (ExecutionException e) {
        throw (Exception) e.getCause();
      }
    }

    private static String invoke(Cache<Integer, Integer> cache, Step step, String script) {
      return cache.invoke(
          step.key, (entry, arguments) -> CacheModel.play(script, entry, step.value));
    }
  }

  /** A cache next to its model, both under the same settings. */
  private static final class Subject {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    private final Settings settings;
    private final FakeTicker ticker = new FakeTicker();
    private final Recorder recorder = new Recorder();
    private final CacheModel model;
    private final Cache<Integer, Integer> cache;

    Subject(Settings settings) {
      this.settings = settings;
      this.model =
          new CacheModel(settings.timesToLive(), settings.written(), settings.readThrough());
      LarderConfiguration.Builder<Integer, Integer> builder =
          LarderConfiguration.builder(Integer.class, Integer.class)
              .storeByValue(settings.byValue())
              .ticker(ticker)
              .statisticsEnabled(true)
              .expiryPolicy(new SingletonFactory<>(settings.policy()));
      if (settings.eviction() != null) {
        builder.maxEntries(KEYS).evictionPolicy(settings.eviction());
      }
      if (settings.listened()) {
        builder.listener(
            new MutableCacheEntryListenerConfiguration<>(() -> recorder, null, true, true));
      }
      if (settings.written()) {
        builder.writeThrough(new SingletonFactory<>(recorder));
      }
      if (settings.readThrough()) {
        builder.readThrough(new SingletonFactory<>(new Loader()));
      }
      this.cache = MANAGER.createCache("model", builder.build());
    }

    void take(Step step) throws Exception {
      long before = model.now();
      Object expected = model.attempt(() -> step.operation.modelCall.on(model, step));
      ticker.advance(TimeUnit.MILLISECONDS.toNanos(model.now() - before));
      Object actual;
      try {
        actual = step.operation.call.on(cache, step);
      } catch (CacheException e) {
        actual = e.getClass();
      }

      assertThat(actual).as("answer of %s", step).isEqualTo(expected);
      assertThat(statistics()).as("statistics after %s", step).isEqualTo(model.statistics());
      assertThat(recorder.writes).as("writes after %s", step).isEqualTo(model.writes());
      compareEvents(step);
      for (int key = 0; key < KEYS; key++) {
        assertThat(cache.containsKey(key))
            .as("presence of %s after %s", key, step)
            .isEqualTo(model.containsKey(key));
      }
    }

    /** An expired entry is reported when it is noticed, but before anything else on its key. */
    private void compareEvents(Object when) {
      if (!settings.listened()) {
        return;
      }
      for (int key = 0; key < KEYS; key++) {
        List<Event> expected = model.events(key);
        List<Event> actual = recorder.events(key);
        boolean unnoticed =
            !expected.isEmpty()
                && expected.get(expected.size() - 1).type().equals("EXPIRED")
                && actual.size() == expected.size() - 1;
        assertThat(actual)
            .as("events of %s after %s", key, when)
            .isEqualTo(unnoticed ? expected.subList(0, actual.size()) : expected);
      }
    }

    /** All that has expired is noticed at the latest when somebody wants to change the entry. */
    void compareAtTheEnd() throws Exception {
      for (int key = 0; key < KEYS; key++) {
        take(new Step(Operation.GET, key, 0, 0));
        take(new Step(Operation.REMOVE, key, 0, 0));
        if (settings.listened()) {
          assertThat(recorder.events(key)).isEqualTo(model.events(key));
        }
      }
    }

    private Map<String, Long> statistics() throws Exception {
      ObjectName name =
          new ObjectName(
              "javax.cache:type=CacheStatistics,CacheManager=larder.default,Cache=model");
      Map<String, Long> figures = new HashMap<>();
      for (String figure : CacheModel.FIGURES) {
        figures.put(figure, (Long) BEANS.getAttribute(name, "Cache" + figure));
      }
      return figures;
    }
  }

  private static final class Loader implements CacheLoader<Integer, Integer> {
    @Override
    public Integer load(Integer key) {
      return CacheModel.loaded(key);
    }

    @Override
    public Map<Integer, Integer> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, Integer> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      return loaded;
    }
  }

  /** Notes events and writes; refuses to write one value. */
  private static final class Recorder
      implements CacheWriter<Integer, Integer>,
          CacheEntryCreatedListener<Integer, Integer>,
          CacheEntryUpdatedListener<Integer, Integer>,
          CacheEntryRemovedListener<Integer, Integer>,
          CacheEntryExpiredListener<Integer, Integer> {
    private final List<String> writes = new ArrayList<>();
    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());

    List<Event> events(int key) {
      return List.copyOf(events).stream().filter(event -> event.key() == key).toList();
    }

    @Override
    public void write(Cache.Entry<? extends Integer, ? extends Integer> entry) {
      if (entry.getValue() == CacheModel.UNWRITABLE) {
        throw new CacheWriterException("on purpose");
      }
      writes.add(entry.getKey() + "=" + entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Integer, ? extends Integer>> entries) {
      Iterator<Cache.Entry<? extends Integer, ? extends Integer>> rest = entries.iterator();
      while (rest.hasNext()) {
        write(rest.next());
        rest.remove();
      }
    }

    @Override
    public void delete(Object key) {
      writes.add(key + " deleted");
    }

    @Override
    public void deleteAll(Collection<?> keys) {
      keys.stream().sorted().forEach(this::delete);
      keys.clear();
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
      note(events);
    }

    @Override
    public void onUpdated(Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
      note(events);
    }

    @Override
    public void onRemoved(Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
      note(events);
    }

    @Override
    public void onExpired(Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> events) {
      note(events);
    }

    private void note(Iterable<CacheEntryEvent<? extends Integer, ? extends Integer>> more) {
      more.forEach(
          event ->
              events.add(
                  new Event(
                      event.getEventType().name(),
                      event.getKey(),
                      event.isOldValueAvailable() ? event.getOldValue() : null,
                      event.getValue())));
    }
  }
}
