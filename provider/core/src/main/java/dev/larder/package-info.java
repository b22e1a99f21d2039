/**
 * Larder, a caching provider for JSR-107 (JCache).
 *
 * <p>Applications use {@code javax.cache} and get here through {@link
 * javax.cache.Caching#getCachingProvider()}. {@link dev.larder.LarderConfiguration} is for what
 * JSR-107 has no word for.
 */
@NullMarked
package dev.larder;

import org.jspecify.annotations.NullMarked;
