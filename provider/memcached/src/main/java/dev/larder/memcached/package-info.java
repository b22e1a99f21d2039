/** The Memcached backend: what the URI {@code memcached:} of a cache manager leads to. */
@NullMarked
package dev.larder.memcached;

import org.jspecify.annotations.NullMarked;
