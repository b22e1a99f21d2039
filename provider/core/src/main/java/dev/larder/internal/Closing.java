package dev.larder.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Closing of what users handed in, which one failure must not keep from the others. */
public final class Closing {
  private static final Logger LOG = System.getLogger("dev.larder");

  private Closing() {}

  /** Closes an object if it can be closed; a failure is logged. */
  public static void quietly(@Nullable Object object) {
    if (object instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception | Error e) { // an application that is taken down may lack classes
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        LOG.log(Level.WARNING, "closing " + object.getClass().getName() + " failed", e);
      }
    }
  }
}
