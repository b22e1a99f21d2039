/** Compares the settings that there are with the pages that tell of them. */
@NullMarked
package dev.larder.docs.settings;

import org.jspecify.annotations.NullMarked;
