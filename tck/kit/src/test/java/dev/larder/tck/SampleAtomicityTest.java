package dev.larder.tck;

final class SampleAtomicityTest extends AtomicityContract {
  SampleAtomicityTest() {
    super(Sample.SUBJECT);
  }
}
