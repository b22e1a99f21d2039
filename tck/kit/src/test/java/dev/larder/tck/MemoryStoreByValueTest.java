package dev.larder.tck;

final class MemoryStoreByValueTest extends StoreByValueContract {
  MemoryStoreByValueTest() {
    super(Memory.SUBJECT);
  }
}
