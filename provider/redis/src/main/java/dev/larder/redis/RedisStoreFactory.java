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
 * <p>Parameters, in any order after a question mark, such as {@code ?timeout=500ms&inFlight=1000};
 * times are in {@code ms}, {@code s} or {@code m}:
 *
 * <table>
 *   <caption>Parameters of the URI</caption>
 *   <tr><th>name</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code timeout}</td><td>{@code 1s}</td><td>how long a command may take. Then the call
 *       fails, and says that the command may have been executed: it is never sent again</td></tr>
 *   <tr><td>{@code connectTimeout}</td><td>{@code 1s}, or {@code timeout} if that is
 *       longer</td><td>how long each step of connecting may take</td></tr>
 *   <tr><td>{@code inFlight}</td><td>{@code 4096}</td><td>how many commands may wait for their
 *       answers at once; a call beyond fails without being sent</td></tr>
 *   <tr><td>{@code coalesce}</td><td>{@code 64}</td><td>how many gets that are issued together,
 *       without waiting, one command may read; 1 for a command each. Clusters have a command each</td></tr>
 *   <tr><td>{@code silence}</td><td>5 × {@code timeout}</td><td>how long a connection that owes
 *       answers may be silent; then it is cut, the calls that wait for it fail, and a new one is
 *       made. Longer than the slowest script on the server</td></tr>
 *   <tr><td>{@code reconnectPause}</td><td>{@code 500ms}</td><td>the longest pause between two
 *       attempts to connect anew. Without a connection, calls fail at once</td></tr>
 *   <tr><td>{@code namespace}</td><td>none</td><td>what stands before all keys</td></tr>
 *   <tr><td>{@code undecodable}</td><td>{@code miss}</td><td>what bytes are that no value has:
 *       {@code miss} or {@code fail}; see {@link dev.larder.Undecodable}</td></tr>
 *   <tr><td>{@code clientName}, {@code database}, {@code sentinelMasterId}, {@code verifyPeer}
 *       …</td><td></td><td>as Lettuce's {@code RedisURI} has them</td></tr>
 * </table>
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
  public Set<String> schemes() {
    return Set.of("redis", "rediss", "redis-sentinel", "redis-cluster");
  }

  @Override
  public RemoteStore open(URI uri, Properties properties) {
    return RedisConnector.connect(uri, TlsSettings.of(properties));
  }
}
