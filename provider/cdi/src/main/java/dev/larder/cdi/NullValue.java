package dev.larder.cdi;

/** What stands for null in caches. */
enum NullValue {
  NULL
}
