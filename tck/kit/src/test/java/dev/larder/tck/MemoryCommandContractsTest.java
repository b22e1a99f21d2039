package dev.larder.tck;

/** All contracts of asynchronous caches on the heap. */
class MemoryCommandContractsTest extends CommandContracts {
  @Override
  protected Subject subject() {
    return Memory.SUBJECT;
  }
}
