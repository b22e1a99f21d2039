package dev.larder.tck;

final class SampleStatisticsTest extends StatisticsContract {
  SampleStatisticsTest() {
    super(Sample.SUBJECT);
  }
}
