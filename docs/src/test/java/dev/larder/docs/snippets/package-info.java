/** Runs the documentation's code, and compares it with the pages that show it. */
@NullMarked
package dev.larder.docs.snippets;

import org.jspecify.annotations.NullMarked;
