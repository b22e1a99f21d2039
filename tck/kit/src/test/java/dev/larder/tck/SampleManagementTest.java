package dev.larder.tck;

final class SampleManagementTest extends ManagementContract {
  SampleManagementTest() {
    super(Sample.SUBJECT);
  }
}
