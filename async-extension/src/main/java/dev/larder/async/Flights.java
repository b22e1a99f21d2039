package dev.larder.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Work under way in this JVM, which those who want the same join. */
final class Flights<K, V> {
  private final ConcurrentMap<K, Flight<V>> underWay = new ConcurrentHashMap<>();

  /** Joins the work for a key, or does it. */
  CompletionStage<V> join(K key, Pace pace, Supplier<? extends CompletionStage<V>> work) {
    Flight<V> mine = new Flight<>(Thread.currentThread(), new CompletableFuture<>());
    Flight<V> others = underWay.putIfAbsent(key, mine);
    if (others != null) {
      return pace == Pace.WAITING && others.leader == mine.leader
          ? pace.start(work) // a function that asks for its own result must not wait for it
          : pace.of(others.result.copy());
    }
    return pace.start(work)
        .whenComplete(
            (result, failure) -> {
              underWay.remove(key, mine);
              if (failure == null) {
                mine.result.complete(result);
              } else {
                mine.result.completeExceptionally(Pace.causeOf(failure));
              }
            });
  }

  private record Flight<V>(Thread leader, CompletableFuture<V> result) {}
}
