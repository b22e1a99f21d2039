package dev.larder.tck.store;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * Opens {@code sample://name} on the {@link SampleServer} of that name; {@code
 * sample://name?timeout=50} has commands fail that take longer than 50 ms. Register it as a service
 * where it is to be found.
 */
public final class SampleStoreFactory implements RemoteStoreFactory {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String PARAMETER = "timeout=";

  /** Creates a factory; called by the service loader. */
  public SampleStoreFactory() {}

  @Override
  public Set<String> schemes() {
    return Set.of("sample");
  }

  @Override
  public RemoteStore open(URI uri, Properties properties) {
    if (uri.getAuthority() == null) {
      throw new IllegalArgumentException("it names no server: sample://name");
    }
    return new SampleStore(uri.getAuthority(), timeout(uri));
  }

  private static Duration timeout(URI uri) {
    String query = uri.getQuery() == null ? "" : uri.getQuery();
    for (String setting : query.split("&", -1)) {
      if (setting.startsWith(PARAMETER)) {
        return millis(setting.substring(PARAMETER.length()));
      }
    }
    return TIMEOUT;
  }

  private static Duration millis(String number) {
    try {
      return Duration.ofMillis(Long.parseLong(number));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("timeout is '" + number + "', not milliseconds", e);
    }
  }
}
