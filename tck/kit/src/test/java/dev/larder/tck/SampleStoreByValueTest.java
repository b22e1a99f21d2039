package dev.larder.tck;

final class SampleStoreByValueTest extends StoreByValueContract {
  SampleStoreByValueTest() {
    super(Sample.SUBJECT);
  }
}
