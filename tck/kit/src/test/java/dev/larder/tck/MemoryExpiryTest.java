package dev.larder.tck;

final class MemoryExpiryTest extends ExpiryContract {
  MemoryExpiryTest() {
    super(Memory.SUBJECT);
  }
}
