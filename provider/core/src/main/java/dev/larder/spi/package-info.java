/**
 * What others can plug into Larder: a {@link dev.larder.spi.RemoteStore} makes caches of bytes that
 * are kept elsewhere.
 */
@NullMarked
package dev.larder.spi;

import org.jspecify.annotations.NullMarked;
