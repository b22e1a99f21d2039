/** Meters of Micrometer for what JSR-107's statistics, and so its {@code JCacheMetrics}, lack. */
@NullMarked
package dev.larder.micrometer;

import org.jspecify.annotations.NullMarked;
