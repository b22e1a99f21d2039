package dev.larder.tck;

/** All contracts of caches on the heap. */
class MemoryCacheContractsTest extends CacheContracts {
  @Override
  protected Subject subject() {
    return Memory.SUBJECT;
  }
}
