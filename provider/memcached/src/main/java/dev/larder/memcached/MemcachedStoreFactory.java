package dev.larder.memcached;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.Properties;
import java.util.Set;

/**
 * Opens Memcached by its URI: {@code memcached://host:11211}, or several servers, {@code
 * memcached://host1:11211,host2:11211}, among which keys are spread by consistent hashing (ketama).
 *
 * <p>Parameters, in any order after a question mark, such as {@code ?timeout=500ms&inFlight=1000};
 * times are in {@code ms}, {@code s} or {@code m}:
 *
 * <table>
 *   <caption>Parameters of the URI</caption>
 *   <tr><th>name</th><th>default</th><th>meaning</th></tr>
 *   <tr><td>{@code timeout}</td><td>{@code 1s}</td><td>how long a command may take. Then the call
 *       fails, and says whether the command may have been executed: it is never sent again</td></tr>
 *   <tr><td>{@code connectTimeout}</td><td>{@code 1s}, or {@code timeout} if that is
 *       longer</td><td>how long each step of connecting may take</td></tr>
 *   <tr><td>{@code scanTimeout}</td><td>{@code 30s}</td><td>how long a server may take to list its
 *       keys, for iteration, {@code clear} and {@code removeAll()}</td></tr>
 *   <tr><td>{@code inFlight}</td><td>{@code 4096}</td><td>how many commands may wait for their
 *       answers at once; a call beyond fails without being sent</td></tr>
 *   <tr><td>{@code silence}</td><td>5 × {@code timeout}</td><td>how long a connection that owes
 *       answers may be silent; then it is cut, the calls that wait for it fail, and a new one is
 *       made</td></tr>
 *   <tr><td>{@code protocol}</td><td>{@code binary}</td><td>or {@code ascii}, for servers and
 *       proxies that know no other</td></tr>
 *   <tr><td>{@code namespace}</td><td>none</td><td>what stands before all keys</td></tr>
 *   <tr><td>{@code undecodable}</td><td>{@code miss}</td><td>what bytes are that no value has:
 *       {@code miss} or {@code fail}; see {@link dev.larder.Undecodable}</td></tr>
 * </table>
 *
 * <p>Found by the service loader; safe for any thread.
 */
public final class MemcachedStoreFactory implements RemoteStoreFactory {

  /** Creates a factory; called by the service loader. */
  public MemcachedStoreFactory() {}

  @Override
  public Set<String> schemes() {
    return Set.of("memcached");
  }

  @Override
  public RemoteStore open(URI uri, Properties properties) {
    return new MemcachedConnector(uri).connect();
  }
}
