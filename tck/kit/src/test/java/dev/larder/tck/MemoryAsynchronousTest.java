package dev.larder.tck;

/** All contracts on the heap, by the asynchronous face of the caches. */
class MemoryAsynchronousTest extends CacheContracts {
  @Override
  protected Subject subject() {
    return Memory.SUBJECT.asynchronous();
  }
}
