/**
 * The code that README.md and docs/guide.md show. What stands between {@code // region} and {@code
 * // endregion} is copied into the pages, and a test compares the two.
 */
@NullMarked
package dev.larder.docs.snippets;

import org.jspecify.annotations.NullMarked;
