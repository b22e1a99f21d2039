package dev.larder.memcached;

import dev.larder.BackendException;
import dev.larder.spi.ConnectionLimits;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.spy.memcached.OperationFactory;

/** The first words with servers: that they answer, and what they can do. */
final class Handshake {
  private static final int DEFAULT_ITEM_LIMIT = 1 << 20;

  private final Wire wire;
  private final OperationFactory operations;
  private final ConnectionLimits limits;

  Handshake(Wire wire, OperationFactory operations, ConnectionLimits limits) {
    this.wire = wire;
    this.operations = operations;
    this.limits = limits;
  }

  /**
   * Returns how many bytes an item may take on each of some servers.
   *
   * @throws BackendException if one does not answer, or cannot be used
   */
  int itemLimit(List<InetSocketAddress> addresses) {
    int limit = Integer.MAX_VALUE;
    for (Server server : wire.servers()) {
      if (addresses.contains(server.node.getSocketAddress())) {
        limit = Math.min(limit, itemLimit(server));
      }
    }
    return limit;
  }

  private int itemLimit(Server server) {
    Map<String, String> settings =
        await(server, server.connected.thenCompose(this::settings).toCompletableFuture());
    if ("no".equals(settings.get("cas_enabled"))) {
      throw new BackendException(
          ("Memcached at %s was started with the option -C, without which it would compare and"
                  + " set; nothing here would be atomic. Start it without -C")
              .formatted(server),
          null,
          false);
    }
    String limit = settings.getOrDefault("item_size_max", "");
    return limit.matches("\\d{1,9}") ? Integer.parseInt(limit) : DEFAULT_ITEM_LIMIT;
  }

  /** Asks for the settings. A server that has none to tell refuses, which is an answer too. */
  private CompletionStage<Map<String, String>> settings(Server server) {
    return wire.send(server, server.epoch(), call -> operations.stats("settings", call))
        .handle(
            (reply, failure) -> {
              if (failure == null) {
                return reply.stats();
              }
              if (Failures.unwrapped(failure) instanceof BackendException e
                  && !e.isOutcomeUnknown()
                  && server.node.isActive()) {
                return Map.of();
              }
              throw new CompletionException(Failures.unwrapped(failure));
            });
  }

  private <T> T await(Server server, CompletableFuture<T> answer) {
    try {
      return answer.get(limits.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Failures.connecting(server.name, null);
    } catch (ExecutionException e) {
      throw Failures.connecting(server.name, Failures.unwrapped(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failures.connecting(server.name, e);
    }
  }
}
