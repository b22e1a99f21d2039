package dev.larder.memcached;

import dev.larder.spi.ConnectionLimits;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.FailureMode;
import net.spy.memcached.KetamaNodeKeyFormatter;
import net.spy.memcached.KetamaNodeLocator;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.protocol.ascii.AsciiOperationFactory;
import net.spy.memcached.protocol.binary.BinaryOperationFactory;
import net.spy.memcached.transcoders.Transcoder;

/**
 * The driver's settings. Its own are for a client that waits, repeats, and asks another server when
 * one is down, which then has entries that nobody removes.
 */
final class Driver extends DefaultConnectionFactory {
  private static final int READ_BUFFER = 16_384;
  private static final long RECONNECT_SECONDS = 1;

  /** How many milliseconds a caller waits where the queue is full, which it never is. */
  private static final long BLOCKED = 0;

  private final ConnectionLimits limits;
  private final FailureMode failureMode;
  private final OperationFactory operations;

  /**
   * Creates settings.
   *
   * @param failureMode what becomes of a command while its server cannot be reached
   */
  Driver(ConnectionLimits limits, boolean binary, FailureMode failureMode) {
    super(2 * limits.inFlight(), READ_BUFFER); // never full, for it blocks the caller then
    this.limits = limits;
    this.failureMode = failureMode;
    this.operations = binary ? new BinaryOperationFactory() : new AsciiOperationFactory();
  }

  @Override
  public OperationFactory getOperationFactory() {
    return operations;
  }

  @Override
  public BlockingQueue<Operation> createWriteOperationQueue() {
    return new WriteQueue();
  }

  @Override
  public FailureMode getFailureMode() {
    return failureMode;
  }

  /** Returns after how many milliseconds a command is no longer written. */
  @Override
  public long getOperationTimeout() {
    return limits.timeout().toMillis();
  }

  @Override
  public long getOpQueueMaxBlockTime() {
    return BLOCKED;
  }

  /** The driver does not pause where {@link Reconnecting} does. */
  @Override
  public long getMaxReconnectDelay() {
    return failureMode == FailureMode.Cancel ? 0 : RECONNECT_SECONDS;
  }

  /**
   * Has one note of a timeout cut the connection where only {@link Wire} makes such notes; the
   * driver's own client makes one each time.
   */
  @Override
  public int getTimeoutExceptionThreshold() {
    return failureMode == FailureMode.Cancel ? 0 : super.getTimeoutExceptionThreshold();
  }

  @Override
  public Transcoder<Object> getDefaultTranscoder() {
    return new PlainTranscoder();
  }

  @Override
  public boolean isDaemon() {
    return true;
  }

  /** Spreads keys over the servers by their names, as libmemcached does. */
  @Override
  public NodeLocator createLocator(List<MemcachedNode> nodes) {
    return new KetamaNodeLocator(
        nodes,
        DefaultHashAlgorithm.KETAMA_HASH,
        KetamaNodeKeyFormatter.Format.LIBMEMCACHED,
        Map.of());
  }
}
