/**
 * The contract kit: tests that hold for a JCache cache on every backend.
 *
 * <p>JSR-107's own TCK checks one thread and lets no time pass. The classes here check the rest:
 * concurrency, elapsed expiry, failures of user code, copies, events, management. Each contract is
 * an abstract class of JUnit tests on one theme; extend it and hand it a {@link
 * dev.larder.tck.Subject}, which names the backend and says what it can do:
 *
 * <pre>{@code
 * class MyExpiryTest extends ExpiryContract {
 *   MyExpiryTest() {
 *     super(() -> URI.create("mybackend:test"));
 *   }
 * }
 * }</pre>
 */
@NullMarked
package dev.larder.tck;

import org.jspecify.annotations.NullMarked;
