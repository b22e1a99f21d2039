package dev.larder.tck;

/** All contracts on the sample store, by the asynchronous face of the caches. */
class SampleAsynchronousTest extends CacheContracts {
  @Override
  protected Subject subject() {
    return Sample.SUBJECT.asynchronous();
  }
}
