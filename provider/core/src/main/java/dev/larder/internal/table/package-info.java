/** The hash table of a cache in memory, and the nodes that are its bins. */
@NullMarked
package dev.larder.internal.table;

import org.jspecify.annotations.NullMarked;
