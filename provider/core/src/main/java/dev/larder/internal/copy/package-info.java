/** Store by value: the copies that keep what users hold apart from what a cache holds. */
@NullMarked
package dev.larder.internal.copy;

import org.jspecify.annotations.NullMarked;
