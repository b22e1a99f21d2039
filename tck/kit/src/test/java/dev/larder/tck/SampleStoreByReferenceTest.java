package dev.larder.tck;

final class SampleStoreByReferenceTest extends StoreByReferenceContract {
  SampleStoreByReferenceTest() {
    super(Sample.SUBJECT);
  }
}
