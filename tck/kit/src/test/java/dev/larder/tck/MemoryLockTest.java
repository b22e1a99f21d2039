package dev.larder.tck;

final class MemoryLockTest extends LockContract {
  MemoryLockTest() {
    super(Memory.SUBJECT);
  }
}
