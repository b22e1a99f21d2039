package dev.larder.async;

import java.io.Serial;
import javax.cache.CacheException;

/** An {@link AsyncCache#add} found that its key has a value already. */
public final class KeyExistsException extends CacheException {
  @Serial private static final long serialVersionUID = 1L;

  KeyExistsException(String cacheName, Object key) {
    super(
        "cache '%s': key %s has a value already, and add changed nothing; use set to replace it"
            .formatted(cacheName, key));
  }
}
