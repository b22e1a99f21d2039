package dev.larder.docs.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Asks a sequence of queries from a few threads, and times each of them. */
final class QueryRun {
  private static final long WATCH_MILLIS = 100;

  private final List<String> queries;
  private final Function<String, ClassSummary> source;
  private final SummaryLoader loader;
  private final AtomicInteger next = new AtomicInteger();

  /*
   * Slot i belongs to query i: the thread that claims the query writes it, and the end of that
   * thread publishes it.
   */
  private final long[] nanos;
  private final boolean[] computed;

  private QueryRun(
      List<String> queries, Function<String, ClassSummary> source, SummaryLoader loader) {
    this.queries = queries;
    this.source = source;
    this.loader = loader;
    this.nanos = new long[queries.size()];
    this.computed = new boolean[queries.size()];
  }

  /**
   * Asks all queries, in their order save for what the threads overlap.
   *
   * @param source answers a query, perhaps by the loader on the asking thread
   * @param loader tells which queries had to be computed
   * @param watcher is told how many queries were asked, ten times a second and at the end
   */
  static Timings ask(
      List<String> queries,
      Function<String, ClassSummary> source,
      SummaryLoader loader,
      int threads,
      IntConsumer watcher) {
    return new QueryRun(queries, source, loader).run(threads, watcher);
  }

  private Timings run(int threads, IntConsumer watcher) {
    long start = System.nanoTime();
    var executor = Executors.newFixedThreadPool(threads);
    try {
      var clients = new ArrayList<Future<?>>();
      for (int i = 0; i < threads; i++) {
        clients.add(executor.submit(this::askUntilNoneIsLeft));
      }
      executor.shutdown();
      while (!executor.awaitTermination(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
        watcher.accept(asked());
      }
      var wall = Duration.ofNanos(System.nanoTime() - start);
      for (var client : clients) {
        client.get();
      }
      watcher.accept(asked());
      return new Timings(nanos, computed, wall);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted after " + asked() + " queries", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }

  private int asked() {
    return Math.min(next.get(), queries.size());
  }

  private void askUntilNoneIsLeft() {
    try {
      for (int i = next.getAndIncrement(); i < queries.size(); i = next.getAndIncrement()) {
        ask(i);
      }
    } finally {
      // A client that fails stops the others.
      next.set(queries.size());
    }
  }

  private void ask(int i) {
    var name = queries.get(i);
    int loadsBefore = loader.loadsOfThisThread();
    long start = System.nanoTime();
    var answer = source.apply(name);
    nanos[i] = System.nanoTime() - start;
    computed[i] = loader.loadsOfThisThread() != loadsBefore;
    if (answer == null || !answer.name().equals(name)) {
      throw new IllegalStateException("asked for " + name + ", got " + answer);
    }
  }
}
