package dev.larder.tck;

final class MemoryPluginTest extends PluginContract {
  MemoryPluginTest() {
    super(Memory.SUBJECT);
  }
}
