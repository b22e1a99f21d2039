/** Ordering and waiting: what keeps user code in order without ever holding a lock around it. */
@NullMarked
package dev.larder.internal.concurrent;

import org.jspecify.annotations.NullMarked;
