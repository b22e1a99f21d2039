package dev.larder.docs.demo;

import dev.larder.LarderConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** A service that answers questions on the JDK's class files, asked through a cache. */
public final class Demo {
  private static final Set<String> IN_MEMORY = Set.of("larder", "memory");

  private static final String EXAMPLE = "java.util.HashMap";

  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;

  Demo(PrintStream out, PrintStream err, Terminal terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Runs the demo; {@code --help} tells its options and exit codes. */
  public static void main(String[] args) {
    System.exit(new Demo(System.out, System.err, Terminal.ofStandardOutput()).run(args));
  }

  /** Returns the exit code. */
  int run(String... args) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      err.println("demo: " + e.getMessage());
      return 2;
    }
    if (options.help()) {
      out.print(Options.HELP);
      return 0;
    }
    try {
      var report = report(options);
      report.lines(terminal).forEach(out::println);
      return report.check().passed() ? 0 : 1;
    } catch (CacheException | UnsupportedOperationException | IOException e) {
      err.println("demo: " + e.getMessage());
      return 1;
    }
  }

  private Report report(Options options) throws IOException {
    var files = ClassFiles.ofRunningJdk();
    var loader = new SummaryLoader(files);
    var queries = Queries.draw(files.names(), options.queries(), options.seed());
    try (var provider = Caching.getCachingProvider();
        var manager = manager(provider, options);
        var cache = cache(manager, options.maxEntries(), loader)) {
      introduce(options, files, loader, prepare(cache, options.cold()), maxEntries(cache));
      return new Comparison(options, queries, cache, loader)
          .run(new Progress(out, terminal, queries.size(), System::nanoTime));
    }
  }

  private void introduce(
      Options options, ClassFiles files, SummaryLoader loader, int present, long maxEntries) {
    var example = loader.load(EXAMPLE);
    out.printf(
        Locale.ROOT,
        """
        Questions on the %,d class files of java.base in JDK %s.
        For instance: %s is a %s with %d fields and %d methods;
        it refers to %d classes and, through them, to %d; fingerprint %.12s...
        %,d queries from %d threads (Zipf %.1f, seed %d)
        %s answers in the cache at the start, %s
        """,
        files.names().size(),
        Runtime.version(),
        example.name(),
        example.kind(),
        example.fields(),
        example.methods(),
        example.references(),
        example.reach(),
        example.fingerprint(),
        options.queries(),
        options.threads(),
        Queries.EXPONENT,
        options.seed(),
        present == 0 ? "no" : "%,d".formatted(present),
        maxEntries == Long.MAX_VALUE
            ? "and no bound on their number"
            : "at most %,d later".formatted(maxEntries));
  }

  private static CacheManager manager(CachingProvider provider, Options options) {
    var uri = options.uri() == null ? provider.getDefaultURI() : options.uri();
    return provider.getCacheManager(uri, provider.getDefaultClassLoader());
  }

  /** Creates the cache, bounded where that was asked for, and in memory. */
  private static Cache<String, ClassSummary> cache(
      CacheManager manager, @Nullable Integer maxEntries, SummaryLoader loader) {
    var configuration =
        LarderConfiguration.builder(String.class, ClassSummary.class).readThrough(() -> loader);
    if (maxEntries != null) {
      configuration.maxEntries(maxEntries);
    } else if (IN_MEMORY.contains(manager.getURI().getScheme())) {
      configuration.maxEntries(Options.USUAL_MAX_ENTRIES);
    }
    return manager.createCache(cacheName(), configuration.build());
  }

  /** Returns how many entries the cache has; what is done from now on is counted. */
  private static int prepare(Cache<String, ClassSummary> cache, boolean cold) {
    if (cold) {
      cache.clear();
    }
    int present = 0;
    for (var unused : cache) {
      present++;
    }
    cache.getCacheManager().enableStatistics(cache.getName(), true);
    return present;
  }

  /** Returns the bound of a cache, {@link Long#MAX_VALUE} for none. */
  static <K, V> long maxEntries(Cache<K, V> cache) {
    @SuppressWarnings("unchecked") // a class object has no type arguments
    LarderConfiguration<K, V> configuration = cache.getConfiguration(LarderConfiguration.class);
    return configuration.maxEntries();
  }

  /** A shared backend must not hand out one JDK's answers on another: each has its own cache. */
  private static String cacheName() {
    return "classes-of-jdk-" + Runtime.version().toString().replaceAll("[^A-Za-z0-9.]", "-");
  }
}
