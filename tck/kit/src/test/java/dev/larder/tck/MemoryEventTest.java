package dev.larder.tck;

final class MemoryEventTest extends EventContract {
  MemoryEventTest() {
    super(Memory.SUBJECT);
  }
}
