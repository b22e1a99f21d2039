/** Tests of the demo. */
@NullMarked
package dev.larder.docs.demo;

import org.jspecify.annotations.NullMarked;
