package dev.larder.tck;

final class MemoryStoreByReferenceTest extends StoreByReferenceContract {
  MemoryStoreByReferenceTest() {
    super(Memory.SUBJECT);
  }
}
