/**
 * Real servers for tests: each is started on a free port, is ready when its constructor returns,
 * and ends with the test, or with the JVM at the latest.
 */
@NullMarked
package dev.larder.tck.servers;

import org.jspecify.annotations.NullMarked;
