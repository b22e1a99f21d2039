package dev.larder.redis;

import io.lettuce.core.SslOptions;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS connections trust and what they show of themselves, as a manager's properties say; what
 * they do not say is as the JVM has it.
 */
final class TlsSettings {
  static final String TRUST_STORE = "larder.redis.trustStore";
  private static final String KEY_STORE = "larder.redis.keyStore";
  private static final String PASSWORD = "Password";

  private TlsSettings() {}

  /**
   * Reads the properties.
   *
   * @throws IllegalArgumentException if a store cannot be read, naming its property
   */
  static SslOptions of(Properties properties) {
    SslOptions.Builder options = SslOptions.builder();
    KeyStore trusted = store(properties, TRUST_STORE);
    KeyStore own = store(properties, KEY_STORE);
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
        factory.init(own, password(properties, KEY_STORE));
        options.keyManager(factory);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "the stores of %s and %s cannot be used: %s"
              .formatted(TRUST_STORE, KEY_STORE, e.getMessage()),
          e);
    }
    return options.build();
  }

  private static @Nullable KeyStore store(Properties properties, String name) {
    String path = properties.getProperty(name);
    if (path == null) {
      return null;
    }
    try {
      return KeyStore.getInstance(new File(path), password(properties, name));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the property %s=%s names no key store that can be read with the password in %s: %s"
              .formatted(name, path, name + PASSWORD, e.getMessage()),
          e);
    }
  }

  private static char @Nullable [] password(Properties properties, String name) {
    String password = properties.getProperty(name + PASSWORD);
    return password == null ? null : password.toCharArray();
  }
}
