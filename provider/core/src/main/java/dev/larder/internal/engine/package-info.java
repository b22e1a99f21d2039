/**
 * What every engine needs around an operation: the call to the loader, the call to the writer, the
 * record of the outcome, and waiting without deadlock.
 */
@NullMarked
package dev.larder.internal.engine;

import org.jspecify.annotations.NullMarked;
