package dev.larder.tck;

final class MemoryLifecycleTest extends LifecycleContract {
  MemoryLifecycleTest() {
    super(Memory.SUBJECT);
  }
}
