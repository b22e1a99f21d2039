/**
 * The demo behind {@code ./dev demo}: a service on the JDK's class files, behind a Larder cache.
 */
@NullMarked
package dev.larder.docs.demo;

import org.jspecify.annotations.NullMarked;
