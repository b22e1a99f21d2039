/** The bound of a cache in memory, and the policies that choose what leaves it. */
@NullMarked
package dev.larder.internal.eviction;

import org.jspecify.annotations.NullMarked;
