package dev.larder.tck;

final class SampleEventTest extends EventContract {
  SampleEventTest() {
    super(Sample.SUBJECT);
  }
}
