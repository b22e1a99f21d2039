package dev.larder.tck;

final class SampleArgumentTest extends ArgumentContract {
  SampleArgumentTest() {
    super(Sample.SUBJECT);
  }
}
