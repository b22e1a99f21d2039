package dev.larder.tck;

final class MemoryWriterTest extends WriterContract {
  MemoryWriterTest() {
    super(Memory.SUBJECT);
  }
}
