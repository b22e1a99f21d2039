package dev.larder.tck.store;

import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Opens {@code sample://name} on the {@link SampleServer} of that name; {@code
 * sample://name?timeout=50ms} has commands fail that take longer than 50 ms. Register it as a
 * service where it is to be found.
 */
public final class SampleStoreFactory implements RemoteStoreFactory {
  private static final Option<Duration> TIMEOUT =
      Option.duration("timeout", Duration.ofMillis(1), Duration.ofMinutes(1))
          .otherwise("10s")
          .meaning("how long a command may take");

  /** Creates a factory; called by the service loader. */
  public SampleStoreFactory() {}

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("sample");
  }

  @Override
  public List<Option<?>> options() {
    return List.of(TIMEOUT);
  }

  @Override
  public RemoteStore open(URI uri, OptionValues values) {
    if (uri.getAuthority() == null) {
      throw new IllegalArgumentException("it names no server: sample://name");
    }
    return new SampleStore(uri.getAuthority(), values.get(TIMEOUT));
  }
}
