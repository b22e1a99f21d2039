package dev.larder.docs.demo;

import dev.larder.LarderConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/** A service that answers questions on the JDK's class files, asked through a bounded cache. */
public final class Demo {
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
    } catch (CacheException | IOException e) {
      err.println("demo: " + e.getMessage());
      return 1;
    }
  }

  private Report report(Options options) throws IOException {
    var files = ClassFiles.ofRunningJdk();
    var loader = new SummaryLoader(files);
    var queries = Queries.draw(files.names(), options.queries(), options.seed());
    introduce(options, files, loader);
    try (var provider = Caching.getCachingProvider();
        var manager = manager(provider, options);
        var cache = cache(manager, options.maxEntries(), loader)) {
      return new Comparison(options, queries, cache, loader)
          .run(new Progress(out, terminal, queries.size(), System::nanoTime));
    }
  }

  private void introduce(Options options, ClassFiles files, SummaryLoader loader) {
    var example = loader.load(EXAMPLE);
    out.printf(
        Locale.ROOT,
        """
        Questions on the %,d class files of java.base in JDK %s.
        For instance: %s is a %s with %d fields and %d methods;
        it refers to %d classes and, through them, to %d; fingerprint %.12s...
        %,d queries from %d threads (Zipf %.1f, seed %d), at most %,d answers cached
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
        options.maxEntries());
  }

  private static CacheManager manager(CachingProvider provider, Options options) {
    var uri = options.uri() == null ? provider.getDefaultURI() : options.uri();
    return provider.getCacheManager(uri, provider.getDefaultClassLoader());
  }

  private static Cache<String, ClassSummary> cache(
      CacheManager manager, int maxEntries, SummaryLoader loader) {
    return manager.createCache(
        cacheName(),
        LarderConfiguration.builder(String.class, ClassSummary.class)
            .maxEntries(maxEntries)
            .readThrough(() -> loader)
            .statisticsEnabled(true)
            .build());
  }

  /** A shared backend must not hand out one JDK's answers on another: each has its own cache. */
  private static String cacheName() {
    return "classes-of-jdk-" + Runtime.version().toString().replaceAll("[^A-Za-z0-9.]", "-");
  }
}
