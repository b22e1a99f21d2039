/** What no other module may use; see {@code docs/architecture.md} for the map of the packages. */
@NullMarked
package dev.larder.internal;

import org.jspecify.annotations.NullMarked;
