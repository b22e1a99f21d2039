package dev.larder.tck.store;

import dev.larder.spi.RemoteStore;
import java.time.Duration;

final class SampleStoreContractTest extends RemoteStoreContract {
  private static final String SERVER = "contract";

  @Override
  protected RemoteStore open() {
    return new SampleStore(SERVER, Duration.ofSeconds(10));
  }

  @Override
  protected void elapse(Duration time) {
    SampleServer.named(SERVER).advance(time);
  }
}
