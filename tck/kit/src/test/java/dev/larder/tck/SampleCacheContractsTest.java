package dev.larder.tck;

/** All contracts of caches on the sample store. */
class SampleCacheContractsTest extends CacheContracts {
  @Override
  protected Subject subject() {
    return Sample.SUBJECT;
  }
}
