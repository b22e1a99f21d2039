/**
 * The JCache operations, each written once as a decision on one entry, and the rules that all of
 * them share.
 *
 * <p>Nothing here knows where entries live, locks anything or performs I/O: engines do. The package
 * depends on {@code java} and {@code javax.cache} only.
 */
@NullMarked
package dev.larder.internal.operation;

import org.jspecify.annotations.NullMarked;
