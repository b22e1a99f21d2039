/** {@link dev.larder.jackson.JacksonSerializer}: the values of a cache as JSON. */
@NullMarked
package dev.larder.jackson;

import org.jspecify.annotations.NullMarked;
