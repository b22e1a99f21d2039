package dev.larder.redis;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.Properties;
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
 * <p>TLS verifies the server's certificate and host name. The manager's properties {@code
 * larder.redis.trustStore} and {@code larder.redis.keyStore}, each with a {@code …Password}, name
 * key stores (PKCS #12 or JKS) with the certificates to trust and with the client's own; otherwise
 * those of the JVM count ({@code javax.net.ssl.trustStore}).
 *
 * <p>Parameters: {@code timeout} (of each command and of connecting, {@code 1s} unless set), and
 * what Lettuce's {@code RedisURI} knows. Found by the service loader; safe for any thread.
 */
public final class RedisStoreFactory implements RemoteStoreFactory {

  /** Creates a factory; called by the service loader. */
  public RedisStoreFactory() {}

  @Override
  public Set<String> schemes() {
    return Set.of("redis", "rediss", "redis-sentinel", "redis-cluster");
  }

  @Override
  public RemoteStore open(URI uri, Properties properties) {
    return RedisConnector.connect(uri, TlsSettings.of(properties));
  }
}
