package dev.larder.spi;

import java.net.URI;
import java.util.Properties;
import java.util.Set;

/**
 * Opens stores for the URIs of its schemes; found by {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without parameters.
 */
public interface RemoteStoreFactory {

  /** Returns the URI schemes that this factory opens, in lower case. */
  Set<String> schemes();

  /**
   * Opens a store.
   *
   * @param uri the URI of the cache manager; what it says of the server is the factory's business
   * @param properties the properties of the cache manager
   * @throws IllegalArgumentException if the URI or a property is not valid; the message names it
   * @throws dev.larder.BackendException if the server cannot be reached
   */
  RemoteStore open(URI uri, Properties properties);
}
