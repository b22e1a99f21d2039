/**
 * JSR-107's caching annotations as interceptors of Jakarta CDI, on the caches of any JCache
 * provider.
 */
@NullMarked
package dev.larder.cdi;

import org.jspecify.annotations.NullMarked;
