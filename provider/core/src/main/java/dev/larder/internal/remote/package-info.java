/** The engine that keeps entries as bytes in a {@link dev.larder.spi.RemoteStore}. */
@NullMarked
package dev.larder.internal.remote;

import org.jspecify.annotations.NullMarked;
