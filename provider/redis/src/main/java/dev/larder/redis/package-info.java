/**
 * The Redis backend: what the URIs {@code redis:}, {@code rediss:}, {@code redis-sentinel:} and
 * {@code redis-cluster:} of a cache manager lead to.
 */
@NullMarked
package dev.larder.redis;

import org.jspecify.annotations.NullMarked;
