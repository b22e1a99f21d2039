/**
 * JSR-107's interfaces as the application sees them: argument checks, and one line for the rest.
 */
@NullMarked
package dev.larder.internal.front;

import org.jspecify.annotations.NullMarked;
