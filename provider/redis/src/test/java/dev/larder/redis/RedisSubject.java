package dev.larder.redis;

import dev.larder.tck.Capability;
import dev.larder.tck.ManualTicker;
import dev.larder.tck.Subject;
import dev.larder.tck.servers.RedisCluster;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Caches on a Redis of their own, or on a cluster. */
final class RedisSubject implements Subject {
  /** Nobody can move the clock of Redis, but all entries can be made that much older. */
  private static final String GROW_OLDER =
      """
      for _, key in ipairs(redis.call('KEYS', '*')) do
        local left = redis.call('PTTL', key)
        if left > 0 then
          redis.call('PEXPIRE', key, left - ARGV[1])
        end
      end
      """;

  private List<RedisServer> servers;
  private URI uri;

  void start() {
    servers = List.of(RedisServer.start());
    uri = servers.get(0).uri();
  }

  void startCluster() {
    RedisCluster cluster = RedisCluster.start();
    servers = cluster.nodes();
    uri = cluster.uri();
  }

  void stop() {
    servers.forEach(RedisServer::close);
  }

  @Override
  public URI uri() {
    return URI.create(uri + "?timeout=10s");
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.ELAPSING_TIME, Capability.WAITS_IN_THE_CACHE, Capability.SHARED_BOUNDS);
  }

  @Override
  public void elapse(ManualTicker ticker, Duration time) {
    ticker.advance(time);
    servers.forEach(
        server -> server.command("EVAL", GROW_OLDER, "0", Long.toString(time.toMillis())));
  }
}
