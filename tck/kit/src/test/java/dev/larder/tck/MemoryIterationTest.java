package dev.larder.tck;

final class MemoryIterationTest extends IterationContract {
  MemoryIterationTest() {
    super(Memory.SUBJECT);
  }
}
