package dev.larder.redis;

import dev.larder.spi.ConnectionOptions;
import dev.larder.spi.Option;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The parameters of a URI: Larder's, and those that the driver has. */
final class RedisOptions {
  static final ConnectionOptions CONNECTION = new ConnectionOptions();
  static final Option<Long> COALESCE =
      Option.number("coalesce", 1, 1_000)
          .otherwise("64")
          .meaning(
              "how many gets that are issued together, by callers who do not wait, one `MGET` may"
                  + " read; 1 for a `GET` each, as on a cluster");
  static final Option<Duration> RECONNECT_PAUSE =
      Option.duration("reconnectPause", Duration.ofMillis(10), Duration.ofHours(1))
          .otherwise("500ms")
          .meaning("the longest pause between two attempts to connect anew");
  static final Option<String> VERIFY_PEER =
      Option.choice("verifyPeer", "FULL", "CA", "NONE")
          .otherwise("FULL")
          .meaning(
              "whether a server's certificate must be trusted and for its host (`FULL`), trusted"
                  + " (`CA`), or anything (`NONE`); TLS only");
  static final Option<Long> DATABASE =
      Option.number("database", 0, 999_999_999).meaning("the database, in place of the path");
  static final Option<String> CLIENT_NAME =
      text("clientName", "\\S+", "a name without spaces").meaning("what `CLIENT LIST` shows");
  static final Option<String> LIBRARY_NAME =
      text("libraryName", "\\S+", "a name without spaces")
          .meaning("what `CLIENT LIST` shows of the driver");
  static final Option<String> LIBRARY_VERSION =
      text("libraryVersion", "\\S+", "a version without spaces")
          .meaning("what `CLIENT LIST` shows of its version");
  static final Option<String> SENTINEL_MASTER =
      text("sentinelMasterId", ".+", "a name")
          .meaning("what sentinels call the primary, in place of the fragment");
  static final Option<String> TRUST_STORE =
      text("trustStore", ".+", "the path of a key store")
          .otherwise("the JVM's")
          .meaning("a key store (PKCS #12 or JKS) with the certificates to trust; TLS only");
  static final Option<String> TRUST_STORE_PASSWORD =
      text("trustStorePassword", ".*", "the password of the trust store")
          .secret()
          .meaning("its password");
  static final Option<String> KEY_STORE =
      text("keyStore", ".+", "the path of a key store")
          .otherwise("the JVM's")
          .meaning("a key store with the client's own certificate; TLS only");
  static final Option<String> KEY_STORE_PASSWORD =
      text("keyStorePassword", ".*", "the password of the key store")
          .secret()
          .meaning("its password");

  static final List<Option<?>> ALL =
      Stream.concat(
              CONNECTION.all().stream(),
              Stream.of(
                  COALESCE,
                  RECONNECT_PAUSE,
                  VERIFY_PEER,
                  TRUST_STORE,
                  TRUST_STORE_PASSWORD,
                  KEY_STORE,
                  KEY_STORE_PASSWORD,
                  DATABASE,
                  SENTINEL_MASTER,
                  CLIENT_NAME,
                  LIBRARY_NAME,
                  LIBRARY_VERSION))
          .toList();

  private RedisOptions() {}

  private static Option<String> text(String name, String pattern, String allowed) {
    return Option.text(name, Pattern.compile(pattern), allowed);
  }
}
