package dev.larder.tck;

final class SampleBulkTest extends BulkContract {
  SampleBulkTest() {
    super(Sample.SUBJECT);
  }
}
