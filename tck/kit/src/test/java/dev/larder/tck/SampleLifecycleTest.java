package dev.larder.tck;

final class SampleLifecycleTest extends LifecycleContract {
  SampleLifecycleTest() {
    super(Sample.SUBJECT);
  }
}
