package dev.larder.spi;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Opens stores for the URIs of its schemes; found by {@link java.util.ServiceLoader}.
 *
 * <p>An implementation has a public constructor without parameters.
 */
public interface RemoteStoreFactory {

  /**
   * Returns the name of the section in configuration files that has the options of this backend,
   * such as {@code redis}.
   */
  String name();

  /** Returns the URI schemes that this factory opens, in lower case. */
  Set<String> schemes();

  /** Returns the parameters that a URI may have, and the section of this backend in files. */
  List<Option<?>> options();

  /**
   * Opens a store.
   *
   * @param uri the URI of the servers; its parameters are in the values
   * @param values what URI, files and properties together say of the options
   * @throws IllegalArgumentException if the URI, or what the values mean together, is not valid;
   *     the message names it
   * @throws dev.larder.BackendException if the server cannot be reached
   */
  RemoteStore open(URI uri, OptionValues values);

  /** Opens a store as a URI alone says, as {@link #open(URI, OptionValues)} does. */
  default RemoteStore open(URI uri) {
    return open(uri, OptionValues.of(uri, options()));
  }
}
