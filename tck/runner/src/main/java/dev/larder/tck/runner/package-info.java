/**
 * Runs the unmodified JCache TCK 1.1.1 against the one provider on the class path, and counts
 * honestly what passed, failed and was silently left out.
 */
@NullMarked
package dev.larder.tck.runner;

import org.jspecify.annotations.NullMarked;
