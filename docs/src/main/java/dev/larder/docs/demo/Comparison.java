package dev.larder.docs.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;

/** Asks the queries of the cache, a sample of them without it, and checks what it holds. */
final class Comparison {
  private static final int UNCACHED_QUERIES = 2_000;
  private static final int CHECKED_ANSWERS = 200;

  private final Options options;
  private final List<String> queries;
  private final Cache<String, ClassSummary> cache;
  private final SummaryLoader loader;
  private final CacheStatisticsMXBean statistics;

  /** Takes a cache that reads through this loader and keeps statistics. */
  Comparison(
      Options options,
      List<String> queries,
      Cache<String, ClassSummary> cache,
      SummaryLoader loader) {
    this.options = options;
    this.queries = queries;
    this.cache = cache;
    this.loader = loader;
    this.statistics = CacheCounts.bean(cache);
  }

  Report run(Progress progress) {
    var cached = withCache(progress);
    // Counted before the check below, whose reads are no part of the run.
    var counts = CacheCounts.of(statistics);
    progress.announce("Computing a sample without the cache, and checking cached answers ...");
    var uncached = withoutCache();
    var answers = answers();
    var check = AnswerCheck.of(Queries.sample(answers, CHECKED_ANSWERS), loader);
    return new Report(Demo.maxEntries(cache), counts, answers.size(), cached, uncached, check);
  }

  private Timings withCache(Progress progress) {
    try {
      return QueryRun.ask(
          queries,
          cache::get,
          loader,
          options.threads(),
          asked -> progress.show(asked, hitRatio(CacheCounts.of(statistics))));
    } finally {
      progress.end();
    }
  }

  /** Measures the second of two passes: the first lets the JVM compile, as the run itself does. */
  private Timings withoutCache() {
    var sample = Queries.sample(queries, UNCACHED_QUERIES);
    QueryRun.ask(sample, loader::load, loader, options.threads(), asked -> {});
    return QueryRun.ask(sample, loader::load, loader, options.threads(), asked -> {});
  }

  private List<ClassSummary> answers() {
    var answers = new ArrayList<ClassSummary>();
    cache.forEach(entry -> answers.add(entry.getValue()));
    return answers;
  }

  private static String hitRatio(CacheCounts counts) {
    return String.format(Locale.ROOT, "hit ratio %4.1f %%", counts.hitPercent());
  }
}
