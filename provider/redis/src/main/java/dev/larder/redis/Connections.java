package dev.larder.redis;

import dev.larder.spi.ConnectionLimits;
import dev.larder.spi.SparseLog;
import io.lettuce.core.protocol.CommandHandler;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The driver's connections, watched: one that owes answers and gives no sign of life is cut, for a
 * peer that is gone without a word would otherwise never be noticed.
 *
 * <p>Any byte is a sign of life. A server that is only slow keeps its connections as long as it
 * answers somebody now and then.
 */
final class Connections implements NettyCustomizer {
  private final SparseLog log = new SparseLog("dev.larder.redis");

  /** In how many looks at a connection its silence is measured. */
  private static final int LOOKS = 5;

  private final String server;
  private final ConnectionLimits limits;
  private final Set<Channel> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong nextRenewal = new AtomicLong(System.nanoTime());

  Connections(String server, ConnectionLimits limits) {
    this.server = server;
    this.limits = limits;
  }

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel.pipeline().addFirst(new Watch());
  }

  /** Returns how many connections have ended so far. */
  long lost() {
    return lost.get();
  }

  /** Has the driver look for the server again, but not in short intervals. */
  void renew() {
    long earliest = nextRenewal.get();
    long now = System.nanoTime();
    if (now - earliest >= 0
        && nextRenewal.compareAndSet(earliest, now + limits.silence().toNanos())) {
      log.warn(
          "replica",
          "Redis at %s has become a replica; the connection is made anew to find the primary"
              .formatted(server),
          null);
      for (Channel channel : open) {
        var unused = channel.close();
      }
    }
  }

  /** Watches one connection, on its event loop. */
  private final class Watch extends ChannelInboundHandlerAdapter {
    private boolean heard;
    private int silentLooks;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      open.add(context.channel());
      lookLater(context);
      context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      open.remove(context.channel());
      lost.incrementAndGet();
      context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      heard = true;
      context.fireChannelRead(message);
    }

    private void lookLater(ChannelHandlerContext context) {
      var unused =
          context
              .executor()
              .schedule(
                  () -> look(context), limits.silence().toNanos() / LOOKS, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
      if (!context.channel().isActive()) {
        return;
      }
      CommandHandler commands = context.pipeline().get(CommandHandler.class);
      if (heard || commands == null || commands.getStack().isEmpty()) {
        silentLooks = 0;
      } else {
        silentLooks++;
      }
      heard = false;
      if (silentLooks <= LOOKS) {
        lookLater(context);
        return;
      }
      log.warn(
          "silence",
          "Redis at %s has been silent for %d ms; the connection is cut and made anew"
              .formatted(server, limits.silence().toMillis()),
          null);
      var unused = context.close();
    }
  }
}
