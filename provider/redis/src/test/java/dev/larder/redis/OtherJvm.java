package dev.larder.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** A second JVM with the class path of this one, and what it does there. */
final class OtherJvm {
  static final int BOUND = 50;

  private final Process process;

  private OtherJvm(Process process) {
    this.process = process;
  }

  /**
   * Starts a JVM.
   *
   * @param arguments what to do, the manager's URI (or {@code default}) and the cache's name
   */
  static OtherJvm start(List<String> options, String... arguments) throws IOException {
    List<String> commandLine = new ArrayList<>();
    commandLine.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    commandLine.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    commandLine.add(System.getProperty("java.class.path"));
    commandLine.addAll(options);
    commandLine.add(OtherJvm.class.getName());
    commandLine.addAll(List.of(arguments));
    return new OtherJvm(new ProcessBuilder(commandLine).redirectErrorStream(true).start());
  }

  /** Returns the last line that it writes before it ends; all lines if it fails. */
  String output() throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    int code = process.waitFor();
    return code == 0 ? output.substring(output.lastIndexOf('\n') + 1) : code + ": " + output;
  }

  /** Does what the first argument says. */
  public static void main(String[] arguments) throws Exception {
    CacheManager manager =
        arguments[1].equals("default")
            ? Caching.getCachingProvider().getCacheManager()
            : Caching.getCachingProvider().getCacheManager(URI.create(arguments[1]), null);
    try (manager) {
      String name = arguments[2];
      switch (arguments[0]) {
        case "fill" -> fill(manager, name);
        case "put" -> Managers.strings(manager, name).put("k", "v");
        case "get" -> {
          System.out.println(Managers.strings(manager, name).get("k"));
          return;
        }
        case "race" -> {
          System.out.println(Race.valueOf(arguments[3]).run(manager, name));
          return;
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
    System.out.println("done");
  }

  /** Puts more than fits into a bounded cache, from several threads. */
  private static void fill(CacheManager manager, String name) {
    Cache<Long, String> cache =
        manager.createCache(
            name,
            LarderConfiguration.builder(Long.class, String.class)
                .maxEntries(BOUND)
                .evictionPolicy(Eviction.LRU)
                .build());
    IntStream.range(0, 10 * BOUND)
        .parallel()
        .forEach(i -> cache.put(ThreadLocalRandom.current().nextLong(), "v"));
  }

  /** What several JVMs do to one cache at once, each with some threads. */
  enum Race {
    /** Counts by an entry processor. */
    INVOKE {
      @Override
      int step(Cache<String, Integer> cache, int number) {
        increment(cache, COUNTER);
        return 1;
      }
    },
    /** Counts by replacing a value that it has seen. */
    REPLACE {
      @Override
      int step(Cache<String, Integer> cache, int number) {
        Integer seen = cache.get(COUNTER);
        while (seen == null
            ? !cache.putIfAbsent(COUNTER, 1)
            : !cache.replace(COUNTER, seen, seen + 1)) {
          seen = cache.get(COUNTER);
        }
        return 1;
      }
    },
    /** Claims keys, each of which only one can have. */
    PUT_IF_ABSENT {
      @Override
      int step(Cache<String, Integer> cache, int number) {
        return cache.putIfAbsent("key" + number, number) ? 1 : 0;
      }
    };

    static final int JVMS = 2;
    static final int THREADS = 4;
    static final int STEPS = 500;
    static final String COUNTER = "counter";
    private static final String READY = "ready";

    /** Does one step and returns how many times it succeeded. */
    abstract int step(Cache<String, Integer> cache, int number);

    private static void increment(Cache<String, Integer> cache, String key) {
      cache.invoke(
          key,
          (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return null;
          });
    }

    /** Runs all steps once all JVMs are there, and returns how many succeeded. */
    int run(CacheManager manager, String name) throws Exception {
      Cache<String, Integer> cache = Managers.cache(manager, name, String.class, Integer.class);
      increment(cache, READY);
      while (cache.get(READY) < JVMS) {
        Thread.onSpinWait();
      }
      Callable<Integer> work =
          () -> {
            int succeeded = 0;
            for (int i = 0; i < STEPS; i++) {
              succeeded += step(cache, i);
            }
            return succeeded;
          };
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        int succeeded = 0;
        for (Future<Integer> each : threads.invokeAll(Collections.nCopies(THREADS, work))) {
          succeeded += each.get();
        }
        return succeeded;
      } finally {
        threads.shutdown();
      }
    }
  }
}
