/**
 * What others can plug into Larder: a {@link dev.larder.spi.RemoteStore} makes caches of bytes that
 * are kept elsewhere, a {@link dev.larder.spi.Serializer} says what bytes values become, and an
 * {@link dev.larder.spi.EvictionPolicy} chooses what a bounded cache gives up.
 */
@NullMarked
package dev.larder.spi;

import org.jspecify.annotations.NullMarked;
