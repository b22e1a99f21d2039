package dev.larder.tck.runner;

/** What became of one test. */
enum Verdict {
  PASSED,
  /** An assertion did not hold. */
  FAILED,
  /** Something other than an assertion was thrown. */
  ERROR,
  /** The TCK put an empty statement in the place of the test. */
  EXCLUDED,
  /** Ignored by annotation, or given up by an assumption. */
  SKIPPED,
  /** Started, and still running when the results were taken. */
  UNFINISHED
}
