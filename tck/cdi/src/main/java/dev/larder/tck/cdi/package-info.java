/** Lets the TCK's annotation tests find their beans in whatever CDI container is there. */
@NullMarked
package dev.larder.tck.cdi;

import org.jspecify.annotations.NullMarked;
