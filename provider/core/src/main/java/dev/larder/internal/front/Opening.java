package dev.larder.internal.front;

import dev.larder.internal.concurrent.Occupied;
import dev.larder.internal.concurrent.Waits;
import dev.larder.internal.settings.ManagerUri;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** A manager that one thread opens while others wait for it. */
public final class Opening implements Occupied {
  private final URI uri;
  private final Thread opener = Thread.currentThread();
  private final CountDownLatch end = new CountDownLatch(1);

  /** Written before the end, read after it. */
  private @Nullable CacheManager manager;

  /** Begins to open the manager of a URI. */
  public Opening(URI uri) {
    this.uri = uri;
  }

  /** Lets go of those who wait: with a manager, or without one if it could not be opened. */
  public void end(@Nullable CacheManager opened) {
    manager = opened;
    end.countDown();
  }

  /**
   * Waits for the manager.
   *
   * @return {@code null} if it could not be opened
   * @throws CacheException if the wait would never end, or is interrupted
   */
  public @Nullable CacheManager await() {
    try {
      if (isFree() || Waits.await(this)) {
        return manager;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheException(
          "interrupted while CacheManager %s was opened".formatted(ManagerUri.withoutUserInfo(uri)),
          e);
    }
    throw new CacheException(
        ("waiting for CacheManager %s would never end, because what opens it waits for this"
                + " thread: a loader, writer or serializer that a configuration names must not"
                + " ask for the manager while it is created")
            .formatted(ManagerUri.withoutUserInfo(uri)));
  }

  /** Closes the manager, once it is open. */
  public void close() {
    CacheManager opened = await();
    if (opened != null) {
      opened.close();
    }
  }

  @Override
  public Thread occupant() {
    return opener;
  }

  @Override
  public boolean isFree() {
    return end.getCount() == 0;
  }

  @Override
  public void awaitFree() throws InterruptedException {
    end.await();
  }
}
