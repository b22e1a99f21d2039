package dev.larder.tck;

final class SampleProcessorTest extends ProcessorContract {
  SampleProcessorTest() {
    super(Sample.SUBJECT);
  }
}
