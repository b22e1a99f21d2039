package dev.larder.tck;

/** Something that a backend may lack; the tests that need it are skipped then. */
public enum Capability {
  /** Caches can keep the objects themselves instead of copies. */
  STORE_BY_REFERENCE,
  /** Time can be moved, so that entries expire while a test runs. */
  ELAPSING_TIME,
  /** Entries expire by the ticker of the configuration; a backend without this refuses tickers. */
  TICKER,
  /** Each expired entry is reported to listeners, with its last value. */
  EXPIRY_EVENTS,
  /** A processor runs once for each call, whatever other threads do. */
  PROCESSORS_RUN_ONCE,
  /** Keys are the same where {@code equals} says so, even if they are written differently. */
  KEYS_BY_EQUALS,
  /** Nothing waits for a server, so an interrupted thread can go on. */
  NO_SERVER,
  /** Values may be dynamic proxies. */
  PROXIES,
  /** All clients of a bounded cache have one bound together. */
  SHARED_BOUNDS,
  /**
   * A call waits in the cache, which refuses waits that would never end and notices interrupts;
   * nobody can do that for one who waits for a future.
   */
  WAITS_IN_THE_CACHE
}
