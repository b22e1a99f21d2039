package dev.larder.tck;

final class MemoryManagementTest extends ManagementContract {
  MemoryManagementTest() {
    super(Memory.SUBJECT);
  }
}
