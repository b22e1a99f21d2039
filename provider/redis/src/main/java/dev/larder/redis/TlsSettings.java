package dev.larder.redis;

import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import io.lettuce.core.SslOptions;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS connections trust and what they show of themselves, as the options say; what they do not
 * say is as the JVM has it.
 */
final class TlsSettings {
  /** The property that says whom to trust. */
  static final String TRUST_STORE = "larder.redis.trustStore";

  private TlsSettings() {}

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException if a store cannot be read, naming its option
   */
  static SslOptions of(OptionValues values) {
    SslOptions.Builder options = SslOptions.builder();
    KeyStore trusted = store(values, RedisOptions.TRUST_STORE, RedisOptions.TRUST_STORE_PASSWORD);
    KeyStore own = store(values, RedisOptions.KEY_STORE, RedisOptions.KEY_STORE_PASSWORD);
    try {
      if (trusted != null) {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        options.trustManager(factory);
      }
      if (own != null) {
        KeyManagerFactory factory =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, password(values, RedisOptions.KEY_STORE_PASSWORD));
        options.keyManager(factory);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the stores of %s and %s cannot be used: %s"
              .formatted(RedisOptions.TRUST_STORE, RedisOptions.KEY_STORE, e.getMessage()),
          e);
    }
    return options.build();
  }

  private static @Nullable KeyStore store(
      OptionValues values, Option<String> store, Option<String> password) {
    String path = values.find(store);
    if (path == null) {
      return null;
    }
    try {
      return KeyStore.getInstance(new File(path), password(values, password));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s=%s names no key store that can be read with the password in %s: %s"
              .formatted(store, path, password, e.getMessage()),
          e);
    }
  }

  private static char @Nullable [] password(OptionValues values, Option<String> password) {
    String text = values.find(password);
    return text == null ? null : text.toCharArray();
  }
}
