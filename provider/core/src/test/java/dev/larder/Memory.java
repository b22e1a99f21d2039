package dev.larder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;

/** Garbage collection that a test can wait for. */
public final class Memory {
  /** On a busy machine a single full collection may take seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(90);

  private Memory() {}

  /** Returns once the referent is collected; fails if it is not in the end. */
  public static void awaitCollected(String what, WeakReference<?> reference) {
    System.gc();
    Eventually.await(
        what + " is collected",
        LONGEST_WAIT,
        () -> {
          if (reference.get() != null) {
            clearSoftReferences();
            serialize();
          }
          return reference.get() == null;
        });
  }

  /** Before the JVM says that memory is out, it clears all soft references; the JDK keeps many. */
  private static void clearSoftReferences() {
    try {
      long[] tooLarge = new long[Integer.MAX_VALUE - 8];
      throw new AssertionError("there is memory for " + tooLarge.length + " longs; set -Xmx");
    } catch (OutOfMemoryError e) {
      // That was the purpose.
    }
  }

  /**
   * Java serialization keeps a class whose descriptor was collected, while the class was still in
   * use, until it is asked for any descriptor again.
   */
  private static void serialize() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
