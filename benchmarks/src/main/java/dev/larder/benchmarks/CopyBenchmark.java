package dev.larder.benchmarks;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Store by value where it costs something: values that can change, in a cache of 1,000 entries.
 *
 * <p>The map keeps references, so that it shows what there is besides the copy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class CopyBenchmark {
  private static final int KEYS = 1_000;

  /** What is measured. */
  @Param({"CONCURRENT_HASH_MAP", "LARDER", "CAFFEINE_JCACHE", "EHCACHE", "CACHE2K", "RI"})
  Subject subject;

  /** What is stored. */
  @Param Value value;

  private CachingProvider provider;
  private Function<Integer, Object> get;
  private BiConsumer<Integer, Object> put;
  private Object stored;
  private int turn;

  /** Fills a cache that has been told the type of the values, as a user's would be. */
  @Setup
  public void open() {
    provider = subject.provider();
    if (provider == null) {
      Map<Integer, Object> map = new ConcurrentHashMap<>();
      get = map::get;
      put = map::put;
    } else {
      Cache<Integer, Object> cache =
          provider.getCacheManager().createCache("benchmark", value.configuration());
      get = cache::get;
      put = cache::put;
    }
    stored = value.create();
    for (int key = 0; key < KEYS; key++) {
      put.accept(key, stored);
    }
    if (provider != null && get.apply(1) == stored) {
      throw new IllegalStateException(subject.title() + " does not store by value");
    }
  }

  @TearDown
  public void close() {
    if (provider != null) {
      provider.close();
    }
  }

  private Integer key() {
    turn = turn + 1 == KEYS ? 0 : turn + 1;
    return turn;
  }

  @Benchmark
  public Object get() {
    return get.apply(key());
  }

  @Benchmark
  public void put() {
    put.accept(key(), stored);
  }

  /** What is stored. */
  public enum Value {
    /** An object of three fields. */
    PERSON("an object of three fields", Person.class) {
      @Override
      Object create() {
        return new Person("Ada Lovelace", "ada@example.org", 36);
      }
    },

    /** A list of ten strings. */
    LIST("an ArrayList of ten strings", ArrayList.class) {
      @Override
      Object create() {
        return new ArrayList<>(IntStream.range(0, 10).mapToObj(i -> "element " + i).toList());
      }
    };

    private final String title;
    private final Class<?> type;

    Value(String title, Class<?> type) {
      this.title = title;
      this.type = type;
    }

    String title() {
      return title;
    }

    abstract Object create();

    @SuppressWarnings("unchecked") // the cache gets values of this type only
    MutableConfiguration<Integer, Object> configuration() {
      return new MutableConfiguration<Integer, Object>()
          .setTypes(Integer.class, (Class<Object>) type)
          .setStoreByValue(true);
    }
  }

  /** A bean. */
  @SuppressWarnings("unused") // it is only copied
  public static final class Person implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    private String name;
    private String address;
    private int age;

    Person(String name, String address, int age) {
      this.name = name;
      this.address = address;
      this.age = age;
    }
  }
}
