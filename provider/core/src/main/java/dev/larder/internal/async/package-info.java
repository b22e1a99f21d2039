/** What Larder's asynchronous extension asks of Larder's own caches; of no concern to others. */
@NullMarked
package dev.larder.internal.async;

import org.jspecify.annotations.NullMarked;
