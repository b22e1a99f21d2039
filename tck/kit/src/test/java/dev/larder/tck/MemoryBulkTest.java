package dev.larder.tck;

final class MemoryBulkTest extends BulkContract {
  MemoryBulkTest() {
    super(Memory.SUBJECT);
  }
}
