/**
 * What others can plug into Larder: a {@link dev.larder.spi.RemoteStore} makes caches of bytes that
 * are kept elsewhere, a {@link dev.larder.spi.Serializer} says what bytes values become.
 */
@NullMarked
package dev.larder.spi;

import org.jspecify.annotations.NullMarked;
