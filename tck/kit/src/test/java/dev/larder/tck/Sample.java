package dev.larder.tck;

import dev.larder.tck.store.SampleServer;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** Larder's remote engine, on the sample store. */
final class Sample {
  static final Subject SUBJECT =
      new Subject() {
        @Override
        public URI uri() {
          return URI.create("sample://kit");
        }

        @Override
        public Set<Capability> capabilities() {
          return EnumSet.of(Capability.ELAPSING_TIME, Capability.WAITS_IN_THE_CACHE);
        }

        @Override
        public void elapse(ManualTicker ticker, Duration time) {
          ticker.advance(time);
          SampleServer.named("kit").advance(time);
        }
      };

  private Sample() {}
}
