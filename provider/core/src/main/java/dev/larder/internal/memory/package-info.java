/** The engine that keeps entries on the heap of this JVM. */
@NullMarked
package dev.larder.internal.memory;

import org.jspecify.annotations.NullMarked;
