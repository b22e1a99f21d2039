package dev.larder.internal.operation;

import dev.larder.internal.engine.EngineCulprit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;

/** Breaks the rules of {@code ArchitectureTest}, to show that they can fail. */
public class OperationCulprit {
  private final Object lock = new Object();
  int guarded;

  Supplier<Duration> asksThePolicy(ExpiryPolicy policy) {
    return policy::getExpiryForAccess;
  }

  void writes(CacheWriter<String, String> writer, Cache.Entry<String, String> entry) {
    writer.write(entry);
  }

  String loads(CacheLoader<String, String> loader) {
    return loader.load("key");
  }

  String joins(CompletableFuture<String> future) {
    return future.join();
  }

  String gets(CompletableFuture<String> future) throws InterruptedException, ExecutionException {
    return future.get();
  }

  synchronized EngineCulprit locksMethod() {
    return new EngineCulprit();
  }

  void locksBlock() {
    synchronized (lock) {
      guarded++;
    }
  }
}
