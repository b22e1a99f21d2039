package dev.larder.tck;

import dev.larder.async.AsyncCache;

/** By which of its fronts a cache is called. */
enum Front {
  /** {@code javax.cache.Cache}, and functions whose callers wait. */
  WAITING,
  /** {@link AsyncCache}, and functions whose callers get a stage. */
  ASYNCHRONOUS
}
