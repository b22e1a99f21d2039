package dev.larder.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.larder.tck.servers.RedisServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for one host in the forms that Redis and Java want.
 *
 * @param certificate the certificate as PEM
 * @param key the private key as PEM
 * @param store what clients trust as PKCS #12, with {@link #PASSWORD}: the certificate, with its
 *     key, or its issuer's
 */
record Certificates(Path certificate, Path key, Path store) {
  static final String PASSWORD = "changeit";

  /** Makes a certificate for a host, such as {@code ip:127.0.0.1} or {@code dns:example.org}. */
  static Certificates of(Path directory, String host) throws Exception {
    Path store = directory.resolve("server.p12");
    generate(store, "server", "-ext", "san=" + host);
    return of(directory, load(store), store);
  }

  /** Makes a certificate that has expired, signed by one that the store trusts. */
  static Certificates expired(Path directory, String host) throws Exception {
    Path both = directory.resolve("server.p12");
    generate(both, "issuer", "-ext", "bc:c");
    generate(
        both,
        "server",
        "-signer",
        "issuer",
        "-ext",
        "san=" + host,
        "-startdate",
        "-2d",
        "-validity",
        "1");
    KeyStore keys = load(both);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("issuer", keys.getCertificate("issuer"));
    Path store = directory.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    return of(directory, keys, store);
  }

  private static Certificates of(Path directory, KeyStore keys, Path store) throws Exception {
    Key key = keys.getKey("server", PASSWORD.toCharArray());
    byte[] certificate = keys.getCertificate("server").getEncoded();
    return new Certificates(
        write(directory.resolve("server.crt"), "CERTIFICATE", certificate),
        write(directory.resolve("server.key"), "PRIVATE KEY", key.getEncoded()),
        store);
  }

  private static void generate(Path store, String name, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", name, "-dname", "CN=" + name));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private static KeyStore load(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static Path write(Path file, String kind, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(kind, text));
  }

  /** Starts a server that shows this certificate on a second port. */
  TlsServer start(String... configuration) {
    int port = RedisServer.freePort();
    List<String> lines = configuration(port);
    lines.addAll(List.of(configuration));
    return new TlsServer(RedisServer.start(lines.toArray(String[]::new)), port);
  }

  /** Starts a sentinel that calls a server {@code primary}, and speaks TLS with it and clients. */
  TlsServer startSentinel(TlsServer primary) {
    int port = RedisServer.freePort();
    List<String> lines = configuration(port);
    lines.add("tls-replication yes");
    lines.add("sentinel monitor primary 127.0.0.1 %d 1".formatted(primary.port));
    return new TlsServer(RedisServer.startSentinel(lines), port);
  }

  private List<String> configuration(int port) {
    return new ArrayList<>(
        List.of(
            "tls-port " + port,
            "tls-cert-file " + certificate,
            "tls-key-file " + key,
            "tls-ca-cert-file " + certificate,
            "tls-auth-clients no"));
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
