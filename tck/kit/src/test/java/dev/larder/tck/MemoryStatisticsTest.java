package dev.larder.tck;

final class MemoryStatisticsTest extends StatisticsContract {
  MemoryStatisticsTest() {
    super(Memory.SUBJECT);
  }
}
