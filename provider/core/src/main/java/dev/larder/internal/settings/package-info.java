/** Configuration files: finding, reading and checking them. */
@NullMarked
package dev.larder.internal.settings;

import org.jspecify.annotations.NullMarked;
