package dev.larder.tck;

final class MemoryLoaderTest extends LoaderContract {
  MemoryLoaderTest() {
    super(Memory.SUBJECT);
  }
}
