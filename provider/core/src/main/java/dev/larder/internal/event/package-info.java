/**
 * Cache entry listeners: who wants which event, and delivery in the order in which a key changed.
 */
@NullMarked
package dev.larder.internal.event;

import org.jspecify.annotations.NullMarked;
