package dev.larder.tck;

final class SampleIterationTest extends IterationContract {
  SampleIterationTest() {
    super(Sample.SUBJECT);
  }
}
