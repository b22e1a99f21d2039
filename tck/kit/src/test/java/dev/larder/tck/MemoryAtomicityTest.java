package dev.larder.tck;

final class MemoryAtomicityTest extends AtomicityContract {
  MemoryAtomicityTest() {
    super(Memory.SUBJECT);
  }
}
