package dev.larder.tck;

final class MemoryArgumentTest extends ArgumentContract {
  MemoryArgumentTest() {
    super(Memory.SUBJECT);
  }
}
