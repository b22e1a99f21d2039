package dev.larder.redis;

import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Opens Redis by its URI.
 *
 * <ul>
 *   <li>{@code redis://user:password@host:6379/0}, one server; {@code rediss://}, the same over TLS
 *   <li>{@code redis-sentinel://host1:26379,host2:26379/0#primary}, whatever server the sentinels
 *       say
 *   <li>{@code redis-cluster://host1:7000,host2:7001}, a cluster
 * </ul>
 *
 * <p>{@code rediss-sentinel} and {@code rediss-cluster} are the same over TLS, which verifies the
 * server's certificate and host name unless the option {@code verifyPeer} says otherwise. {@link
 * #options} tells the parameters, such as {@code ?timeout=500ms&inFlight=1000}.
 *
 * <p>Logs to {@code dev.larder.redis}, a warning when it cuts a connection. Lettuce logs failed
 * attempts to connect, at most one in 5 s, with their stack traces: set the level of its logger
 * {@code io.lettuce.core.protocol} to {@code ERROR} where that is too much, for the calls' failures
 * name the reason too.
 *
 * <p>Found by the service loader; safe for any thread.
 */
public final class RedisStoreFactory implements RemoteStoreFactory {

  /** Creates a factory; called by the service loader. */
  public RedisStoreFactory() {}

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public Set<String> schemes() {
    return Addresses.SCHEMES;
  }

  @Override
  public List<Option<?>> options() {
    return RedisOptions.ALL;
  }

  @Override
  public RemoteStore open(URI uri, OptionValues values) {
    return RedisConnector.connect(uri, values);
  }
}
