package dev.larder.tck;

final class SampleLoaderTest extends LoaderContract {
  SampleLoaderTest() {
    super(Sample.SUBJECT);
  }
}
