package dev.larder.redis.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.BackendException;
import dev.larder.redis.RedisStoreFactory;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Ttl;
import dev.larder.tck.servers.LogLines;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that sends far more than a server takes that stands still. */
public final class Flood {
  private static final int CALLS = 200_000;

  private Flood() {}

  /** Runs the program, in steps that its parent asks for on the standard input. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    URI uri = URI.create(arguments[0] + "?timeout=2s&silence=30m");
    BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (LogLines log = new LogLines();
        RemoteStore store = new RedisStoreFactory().open(uri)) {
      byte[] key = "key".getBytes(UTF_8);
      store.put(key, new byte[1], Ttl.FOREVER, Ttl.FOREVER).toCompletableFuture().join();
      System.out.println("connected");
      parent.readLine();
      flood(store, log);
      parent.readLine();
      awaitAnswer(store, key);
      System.out.println("works again");
    }
  }

  /** Asks until there is room again: the server first answers what it was sent before. */
  private static void awaitAnswer(RemoteStore store, byte[] key) {
    for (; ; ) {
      try {
        store.get(key).toCompletableFuture().join();
        return;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof BackendException)) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private static void flood(RemoteStore store, LogLines log) throws InterruptedException {
    AtomicInteger unknown = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(CALLS);
    for (int i = 0; i < CALLS; i++) {
      byte[] key = Integer.toString(i).getBytes(UTF_8);
      var unused =
          store
              .put(key, new byte[1_000], Ttl.FOREVER, Ttl.FOREVER)
              .whenComplete(
                  (done, failure) -> {
                    if (failure instanceof BackendException e) {
                      (e.isOutcomeUnknown() ? unknown : refused).incrementAndGet();
                    }
                    ended.countDown();
                  });
    }
    ended.await();
    System.out.printf("%s unknown, %s refused, %d logged%n", unknown, refused, log.lines().size());
  }
}
