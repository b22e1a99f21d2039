package dev.larder.tck;

/** Undecodable bytes on the sample store. */
class SampleUndecodableTest extends UndecodableContract {
  SampleUndecodableTest() {
    super(Sample.SUBJECT);
  }
}
