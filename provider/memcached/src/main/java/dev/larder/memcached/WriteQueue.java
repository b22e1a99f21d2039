package dev.larder.memcached;

import java.io.Serial;
import java.util.concurrent.LinkedBlockingQueue;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.ops.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What the driver is to write to a server, without what was meant for a connection that is gone.
 *
 * <p>The driver alone would write it to the next connection: a compare-and-set with a number that
 * means something else by now, or the rest of a command of which a part was written before, whose
 * answer nobody would expect.
 */
final class WriteQueue extends LinkedBlockingQueue<Operation> {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Returns what is to be written next. Other threads than the driver's, which come here to write a
   * log, may see what is dropped the next moment.
   */
  @Override
  public @Nullable Operation peek() {
    Operation first = super.peek();
    while (Thread.currentThread() instanceof MemcachedConnection
        && first != null
        && first.getCallback() instanceof Call call
        && call.isStale()) {
      var unused = poll();
      first.cancel();
      first = super.peek();
    }
    return first;
  }
}
