package dev.larder.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.larder.tck.servers.RedisServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A self-signed certificate for one host in the forms that Redis and Java want.
 *
 * @param certificate the certificate as PEM
 * @param key the private key as PEM
 * @param store certificate and key as PKCS #12, with {@link #PASSWORD}
 */
record Certificates(Path certificate, Path key, Path store) {
  static final String PASSWORD = "changeit";

  /** Makes a certificate for a host, such as {@code ip:127.0.0.1} or {@code dns:example.org}. */
  static Certificates of(Path directory, String host) throws Exception {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=server",
                "-ext",
                "san=" + host,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("server", PASSWORD.toCharArray());
    byte[] certificate = keys.getCertificate("server").getEncoded();
    return new Certificates(
        write(directory.resolve("server.crt"), "CERTIFICATE", certificate),
        write(directory.resolve("server.key"), "PRIVATE KEY", key.getEncoded()),
        store);
  }

  private static Path write(Path file, String kind, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(kind, text));
  }

  /** Starts a server that shows this certificate on a second port. */
  TlsServer start(String... configuration) {
    int port = RedisServer.freePort();
    String[] lines = new String[configuration.length + 5];
    lines[0] = "tls-port " + port;
    lines[1] = "tls-cert-file " + certificate;
    lines[2] = "tls-key-file " + key;
    lines[3] = "tls-ca-cert-file " + certificate;
    lines[4] = "tls-auth-clients no";
    System.arraycopy(configuration, 0, lines, 5, configuration.length);
    return new TlsServer(RedisServer.start(lines), port);
  }

  /**
   * A server with TLS.
   *
   * @param server the server
   * @param port the port that speaks TLS
   */
  record TlsServer(RedisServer server, int port) implements AutoCloseable {
    URI uri() {
      return uri("rediss");
    }

    URI uri(String scheme) {
      return URI.create(scheme + "://127.0.0.1:" + port);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
