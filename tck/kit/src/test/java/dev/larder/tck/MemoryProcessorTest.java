package dev.larder.tck;

final class MemoryProcessorTest extends ProcessorContract {
  MemoryProcessorTest() {
    super(Memory.SUBJECT);
  }
}
