package dev.larder.tck;

final class SampleWriterTest extends WriterContract {
  SampleWriterTest() {
    super(Sample.SUBJECT);
  }
}
