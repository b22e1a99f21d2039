package dev.larder.tck;

final class MemoryCommandTest extends CommandContract {
  MemoryCommandTest() {
    super(Memory.SUBJECT);
  }
}
