package dev.larder.tck;

final class SampleExpiryTest extends ExpiryContract {
  SampleExpiryTest() {
    super(Sample.SUBJECT);
  }
}
