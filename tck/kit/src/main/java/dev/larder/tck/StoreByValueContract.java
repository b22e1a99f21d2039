package dev.larder.tck;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.event.CacheEntryEvent;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CompletionListenerFuture;
import org.junit.jupiter.api.Test;

/** Store by value: no object that crosses the border of the cache is one that the cache keeps. */
public abstract class StoreByValueContract extends CacheContract {

  /** Tests this backend. */
  protected StoreByValueContract(Subject subject) {
    super(subject);
  }

  private Cache<Box, Box> byValue() {
    return create(settings(Box.class, Box.class));
  }

  /** Returns a cache with the entry 1 = 2, and nobody has its objects. */
  private Cache<Box, Box> filled() {
    Cache<Box, Box> cache = byValue();
    cache.put(new Box(1), new Box(2));
    return cache;
  }

  /** Checks that the one entry is 1 = 2 still. */
  private static void assertUntouched(Cache<Box, Box> cache) {
    assertThat(cache.get(new Box(1))).isEqualTo(new Box(2));
    assertThat(cache.containsKey(new Box(7))).isFalse();
    assertThat(cache.remove(new Box(1), new Box(2))).isTrue();
  }

  private static void change(Box... boxes) {
    for (Box box : boxes) {
      box.content = 7;
    }
  }

  // ---- what goes in ---------------------------------------------------------------------------

  @Test
  void givenObjectsAreCopied() {
    Map<String, BiConsumer<Cache<Box, Box>, Box[]>> calls = new HashMap<>();
    calls.put("put", (cache, given) -> cache.put(given[0], given[1]));
    calls.put("getAndPut", (cache, given) -> cache.getAndPut(given[0], given[1]));
    calls.put("putIfAbsent", (cache, given) -> cache.putIfAbsent(given[0], given[1]));
    calls.put("putAll", (cache, given) -> cache.putAll(Map.of(given[0], given[1])));
    calls.put(
        "invoke",
        (cache, given) ->
            cache.invoke(
                given[0],
                (entry, arguments) -> {
                  entry.setValue(given[1]);
                  return "";
                }));
    calls.forEach(
        (name, call) -> {
          Cache<Box, Box> cache = byValue();
          Box[] given = {new Box(1), new Box(2)};
          call.accept(cache, given);
          change(given);
          assertUntouched(cache);
        });
  }

  @Test
  void replacementsAreCopied() {
    Map<String, BiConsumer<Cache<Box, Box>, Box>> calls = new HashMap<>();
    calls.put("replace", (cache, given) -> cache.replace(new Box(1), given));
    calls.put("replace expected", (cache, given) -> cache.replace(new Box(1), new Box(0), given));
    calls.put("getAndReplace", (cache, given) -> cache.getAndReplace(new Box(1), given));
    calls.forEach(
        (name, call) -> {
          Cache<Box, Box> cache = byValue();
          cache.put(new Box(1), new Box(0));
          Box given = new Box(2);
          call.accept(cache, given);
          change(given);
          assertUntouched(cache);
        });
  }

  @Test
  void keyOfAReadThatLoadsIsCopied() {
    Cache<Box, Box> cache = loading(key -> new Box(2));
    Box key = new Box(1);
    cache.get(key);
    change(key);
    assertUntouched(cache);
  }

  @Test
  void keysOfABulkReadThatLoadsAreCopied() {
    Cache<Box, Box> cache = loading(key -> new Box(2));
    Box key = new Box(1);
    cache.getAll(Set.of(key));
    change(key);
    assertThat(cache.containsKey(new Box(1))).isTrue();
    assertThat(cache.containsKey(new Box(7))).isFalse();
  }

  @Test
  void keysToLoadAreCopied() throws Exception {
    Cache<Box, Box> cache = loading(key -> new Box(2));
    Box key = new Box(1);
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of(key), true, done);
    done.get(Threads.SECONDS, TimeUnit.SECONDS);
    change(key);
    assertUntouched(cache);
  }

  private Cache<Box, Box> loading(Function<Box, Box> loader) {
    return create(settings(Box.class, Box.class).readThrough(always(new Loaders.Simple<>(loader))));
  }

  @Test
  void loadedValueIsCopied() {
    List<Box> loaded = new ArrayList<>();
    Cache<Box, Box> cache =
        loading(
            key -> {
              loaded.add(new Box(2));
              return loaded.get(0);
            });
    Box seen = cache.get(new Box(1));
    change(seen);
    change(loaded.get(0));
    assertUntouched(cache);
  }

  @Test
  void bulkLoadedValuesAreCopied() {
    List<Box> loaded = new ArrayList<>();
    Cache<Box, Box> cache =
        loading(
            key -> {
              loaded.add(new Box(2));
              return loaded.get(0);
            });
    Map<Box, Box> seen = cache.getAll(Set.of(new Box(1)));
    seen.values().forEach(StoreByValueContract::change);
    change(loaded.get(0));
    assertUntouched(cache);
  }

  // ---- what comes out -------------------------------------------------------------------------

  @Test
  void returnedValuesAreCopies() {
    Cache<Box, Box> cache = filled();
    change(cache.get(new Box(1)));
    cache.getAll(Set.of(new Box(1))).values().forEach(StoreByValueContract::change);
    assertUntouched(cache);
  }

  @Test
  void iteratedEntriesAreCopies() {
    Cache<Box, Box> cache = filled();
    cache.forEach(entry -> change(entry.getKey(), entry.getValue()));
    assertUntouched(cache);
    assertThat(cache.iterator().hasNext()).isFalse();
  }

  @Test
  void twoReadersGetTwoCopies() {
    Cache<Box, Box> cache = filled();
    assertThat(cache.get(new Box(1))).isNotSameAs(cache.get(new Box(1)));
  }

  @Test
  void processorGetsCopies() {
    Cache<Box, Box> cache = filled();
    cache.invoke(
        new Box(1),
        (entry, arguments) -> {
          change(entry.getValue());
          return "";
        });
    assertUntouched(cache);
  }

  @Test
  void processorsChangeOfItsCopyCountsIfSet() {
    Cache<Box, Box> cache = filled();
    cache.invoke(
        new Box(1),
        (entry, arguments) -> {
          Box value = entry.getValue();
          change(value);
          entry.setValue(value);
          return "";
        });
    assertThat(cache.get(new Box(1))).isEqualTo(new Box(7));
  }

  @Test
  void processorsKeyIsACopy() {
    Cache<Box, Box> cache = byValue();
    cache.invoke(
        new Box(1),
        (entry, arguments) -> {
          entry.setValue(new Box(2));
          change(entry.getKey());
          return "";
        });
    assertUntouched(cache);
  }

  @Test
  void listenersGetCopies() {
    Cache<Box, Box> cache = filled();
    Consumer<CacheEntryEvent<? extends Box, ? extends Box>> vandal =
        event -> {
          change(event.getKey(), event.getValue());
          if (event.getOldValue() != null) {
            change(event.getOldValue());
          }
        };
    RecordingListener<Box, Box> second = new RecordingListener<>();
    cache.registerCacheEntryListener(
        synchronous(
            new RecordingListener<Box, Box>() {
              @Override
              void see(CacheEntryEvent<? extends Box, ? extends Box> event) {
                vandal.accept(event);
              }
            }));
    cache.registerCacheEntryListener(synchronous(second));
    cache.put(new Box(1), new Box(3));
    cache.put(new Box(1), new Box(2));
    assertThat(second.events().get(0))
        .isEqualTo(RecordingListener.Seen.updated(new Box(1), new Box(2), new Box(3)));
    assertUntouched(cache);
  }

  @Test
  void writerGetsCopies() {
    CacheWriter<Box, Box> vandal =
        new CacheWriter<>() {
          @Override
          public void write(Cache.Entry<? extends Box, ? extends Box> entry) {
            change(entry.getKey(), entry.getValue());
          }

          @Override
          public void writeAll(Collection<Cache.Entry<? extends Box, ? extends Box>> entries) {
            entries.forEach(this::write);
            entries.clear();
          }

          @Override
          public void delete(Object key) {
            change((Box) key);
          }

          @Override
          public void deleteAll(Collection<?> keys) {
            keys.forEach(this::delete);
          }
        };
    Cache<Box, Box> cache = create(settings(Box.class, Box.class).writeThrough(always(vandal)));
    cache.put(new Box(1), new Box(2));
    assertUntouched(cache);
    cache.putAll(Map.of(new Box(1), new Box(2)));
    assertUntouched(cache);
  }

  @Test
  void loadersKeyIsACopy() {
    Cache<Box, Box> cache =
        loading(
            key -> {
              change(key);
              return new Box(2);
            });
    cache.get(new Box(1));
    assertUntouched(cache);
  }

  @Test
  void returnedOldValueIsNobodysElse() {
    Cache<Box, Box> cache = filled();
    RecordingListener<Box, Box> listener = new RecordingListener<>();
    cache.registerCacheEntryListener(asynchronous(listener));
    change(cache.getAndPut(new Box(1), new Box(3)));
    change(cache.getAndReplace(new Box(1), new Box(4)));
    change(cache.getAndRemove(new Box(1)));
    assertThat(listener.next(3).stream().map(RecordingListener.Seen::oldValue))
        .containsExactly(new Box(2), new Box(3), new Box(4));
  }

  // ---- classes and equality -------------------------------------------------------------------

  /** Has a class {@link Box} of its own. */
  private static final class OwnBoxLoader extends ClassLoader {
    OwnBoxLoader() {
      super(StoreByValueContract.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Box.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = requireNonNull(in, name).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void classesComeFromTheManagersLoader() throws Exception {
    ClassLoader loader = new OwnBoxLoader();
    Constructor<?> constructor =
        loader.loadClass(Box.class.getName()).getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    try (CacheManager own = provider.getCacheManager(subject.uri(), loader)) {
      Cache<Object, Object> cache =
          own.createCache(newName(), settings(Object.class, Object.class).build());
      Object box = constructor.newInstance(1);
      cache.put(box, box);
      assertThat(cache.get(box)).isEqualTo(box).isNotSameAs(box);
      assertThat(cache.get(box).getClass().getClassLoader()).isSameAs(loader);
      own.destroyCache(cache.getName());
    }
  }

  @Test
  void equalKeysAreOneKeyThoughTheyAreWrittenDifferently() {
    needs(Capability.KEYS_BY_EQUALS);
    Cache<Object, Object> cache = create(settings(Object.class, Object.class));
    cache.put(new LinkedHashSet<>(List.of("a", "b")), 1);
    assertThat(cache.get(new LinkedHashSet<>(List.of("b", "a")))).isEqualTo(1);
    assertThat(cache.get(Set.of("a", "b"))).isEqualTo(1);
  }

  // ---- what can be copied ---------------------------------------------------------------------

  enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "green";
      }
    }
  }

  record Pair(String name, List<Box> boxes) implements Serializable {}

  /** Calls of a proxy, which must be serializable itself. */
  static final class Answer implements InvocationHandler, Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return method.getName().equals("compareTo") ? 42 : method.getName();
    }
  }

  @Test
  void unusualValuesSurvive() {
    Cache<Object, Object> cache = create(settings(Object.class, Object.class));
    List<Object> values =
        List.of(
            Colour.RED,
            Colour.GREEN,
            new Pair("pair", List.of(new Box(1))),
            Map.of("key", Set.of(1)),
            int.class,
            String[].class,
            new java.math.BigDecimal("1.00"),
            java.time.ZonedDateTime.parse("2024-02-29T12:00:00+01:00[Europe/Paris]"),
            "\ud83d\ude00 \0 \ud800");
    for (int i = 0; i < values.size(); i++) {
      cache.put(i, values.get(i));
    }
    for (int i = 0; i < values.size(); i++) {
      assertThat(cache.get(i)).isEqualTo(values.get(i));
    }
  }

  @Test
  void arraysAreCopied() {
    Cache<String, byte[]> cache = create(settings(String.class, byte[].class));
    byte[] given = {1, 2};
    cache.put("key", given);
    given[0] = 7;
    cache.get("key")[1] = 7;
    assertThat(cache.get("key")).containsExactly(1, 2);
  }

  @Test
  void mutableContentsOfARecordAreCopied() {
    Cache<String, Pair> cache = create(settings(String.class, Pair.class));
    Box box = new Box(1);
    cache.put("key", new Pair("pair", new ArrayList<>(List.of(box))));
    change(box);
    assertThat(cache.get("key").boxes()).containsExactly(new Box(1));
  }

  @Test
  @SuppressWarnings("unchecked")
  void proxyIsCopied() {
    needs(Capability.PROXIES);
    Cache<String, Comparable<?>> cache =
        create(settings(String.class, (Class<Comparable<?>>) (Class<?>) Comparable.class));
    Comparable<Object> proxy =
        (Comparable<Object>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Comparable.class}, new Answer());
    cache.put("key", proxy);
    Comparable<Object> copy = (Comparable<Object>) cache.get("key");
    assertThat(copy.compareTo("anything")).isEqualTo(42);
    assertThat(Proxy.getInvocationHandler(copy)).isInstanceOf(Answer.class);
  }
}
