package dev.larder.memcached;

import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Opens Memcached by its URI: {@code memcached://host:11211}, or several servers, {@code
 * memcached://host1:11211,host2:11211}, among which keys are spread by consistent hashing (ketama).
 *
 * <p>{@link #options} tells the parameters, such as {@code ?timeout=500ms&inFlight=1000}.
 *
 * <p>Found by the service loader; safe for any thread.
 */
public final class MemcachedStoreFactory implements RemoteStoreFactory {

  /** Creates a factory; called by the service loader. */
  public MemcachedStoreFactory() {}

  @Override
  public String name() {
    return "memcached";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("memcached");
  }

  @Override
  public List<Option<?>> options() {
    return MemcachedOptions.ALL;
  }

  @Override
  public RemoteStore open(URI uri, OptionValues values) {
    return new MemcachedConnector(uri, values).connect();
  }
}
