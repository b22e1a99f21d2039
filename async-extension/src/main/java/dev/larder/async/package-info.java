/**
 * JCache without waiting: {@link dev.larder.async.AsyncCache} over the cache of any JCache
 * provider.
 */
@NullMarked
package dev.larder.async;

import org.jspecify.annotations.NullMarked;
