package dev.larder.tck;

final class MemoryDecoratorTest extends DecoratorContract {
  MemoryDecoratorTest() {
    super(Memory.SUBJECT);
  }
}
