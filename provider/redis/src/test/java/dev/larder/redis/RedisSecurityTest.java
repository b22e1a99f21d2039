package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.larder.BackendException;
import dev.larder.redis.Certificates.TlsServer;
import dev.larder.tck.servers.RedisServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, users and passwords. */
class RedisSecurityTest {
  private static final String CANARY = "canary-5ecret";

  @TempDir private static Path directory;
  private static Certificates ours;
  private static Certificates elsewhere;
  private static Certificates expired;

  @BeforeAll
  static void makeCertificates() throws Exception {
    ours = Certificates.of(Files.createDirectory(directory.resolve("ours")), "ip:127.0.0.1");
    elsewhere = Certificates.of(Files.createDirectory(directory.resolve("else")), "dns:else.where");
    expired = Certificates.expired(Files.createDirectory(directory.resolve("old")), "ip:127.0.0.1");
  }

  // ---- TLS ------------------------------------------------------------------------------------

  @Test
  void row111CertificateThatNobodyTrustsIsRefused() {
    try (TlsServer server = ours.start()) {
      assertThatThrownBy(() -> Managers.open(server.uri()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("127.0.0.1:" + server.port())
          .hasMessageContaining("certif")
          .hasMessageContaining("larder.redis.trustStore");
    }
  }

  @Test
  void certificateInTheTrustStoreIsAccepted() {
    try (TlsServer server = ours.start();
        CacheManager manager = Managers.open(server.uri(), trusting(ours))) {
      Cache<String, String> cache = Managers.strings(manager, "c");
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
      assertThat(server.server().command("GET", "c:k")).isEqualTo("v");
    }
  }

  @Test
  void row111CertificateOfAnotherHostIsRefused() {
    try (TlsServer server = elsewhere.start()) {
      assertThatThrownBy(() -> Managers.open(server.uri(), trusting(elsewhere)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("127.0.0.1");
    }
  }

  @Test
  void row111CertificateThatHasExpiredIsRefused() {
    try (TlsServer server = expired.start()) {
      assertThatThrownBy(() -> Managers.open(server.uri(), trusting(expired)))
          .isInstanceOf(BackendException.class)
          .hasStackTraceContaining("CertificateExpiredException");
    }
  }

  @Test
  void row111ServerWithoutTlsIsRefused() {
    try (RedisServer server = RedisServer.start()) {
      URI uri = URI.create("rediss://127.0.0.1:" + server.port());
      assertThatThrownBy(() -> Managers.open(uri)).isInstanceOf(BackendException.class);
    }
  }

  @Test
  void serverThatAsksForACertificateGetsIt() {
    Properties properties = trusting(ours);
    try (TlsServer server = ours.start("tls-auth-clients yes")) {
      assertThatThrownBy(() -> Managers.open(server.uri(), properties))
          .isInstanceOf(BackendException.class);
      properties.setProperty("larder.redis.keyStore", ours.store().toString());
      properties.setProperty("larder.redis.keyStorePassword", Certificates.PASSWORD);
      try (CacheManager manager = Managers.open(server.uri(), properties)) {
        Managers.strings(manager, "c").put("k", "v");
      }
    }
  }

  @Test
  void trustStoreThatCannotBeReadIsNamed() {
    Properties properties = new Properties();
    properties.setProperty("larder.redis.trustStore", "/nowhere/trust.p12");
    properties.setProperty("larder.redis.trustStorePassword", CANARY);
    Throwable refusal =
        catchThrowable(() -> Managers.open(URI.create("rediss://127.0.0.1:1"), properties));
    assertThat(refusal)
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("trustStore=/nowhere/trust.p12")
        .hasMessageContaining("trustStorePassword");
    assertThat(Errors.text(refusal)).doesNotContain(CANARY);
  }

  @Test
  void trustStoresOfTheJvmCount() throws Exception {
    try (TlsServer server = ours.start()) {
      OtherJvm jvm =
          OtherJvm.start(
              List.of(
                  "-Djavax.net.ssl.trustStore=" + ours.store(),
                  "-Djavax.net.ssl.trustStorePassword=" + Certificates.PASSWORD),
              "put",
              server.uri() + "?connectTimeout=20s&timeout=20s", // a JVM that has just begun
              "c");
      assertThat(jvm.output()).isEqualTo("done");
      assertThat(server.server().command("GET", "c:k")).isEqualTo("v");
    }
  }

  @Test
  void clusterSpeaksTls() {
    try (TlsServer server = ours.start("cluster-enabled yes", "tls-cluster yes")) {
      server.server().command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
      while (!String.valueOf(server.server().command("CLUSTER", "INFO")).contains("state:ok")) {
        Thread.onSpinWait();
      }
      try (CacheManager manager = Managers.open(server.uri("rediss-cluster"), trusting(ours))) {
        Cache<String, String> cache = Managers.strings(manager, "c");
        cache.putAll(Map.of("k", "v", "l", "w"));
        assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "v", "l", "w"));
        assertThat(server.server().command("GET", "c:k")).isEqualTo("v");
      }
    }
  }

  @Test
  void sentinelsAndTheirPrimarySpeakTls() {
    try (TlsServer primary = ours.start();
        TlsServer sentinel = ours.startSentinel(primary);
        CacheManager manager =
            Managers.open(
                URI.create(sentinel.uri("rediss-sentinel") + "/0#primary"), trusting(ours))) {
      Cache<String, String> cache = Managers.strings(manager, "c");
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
      assertThat(primary.server().command("GET", "c:k")).isEqualTo("v");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rediss-cluster", "rediss-sentinel"})
  void row111CertificateOfAnotherHostIsRefusedByClustersAndSentinelsToo(String scheme) {
    try (TlsServer server = elsewhere.start()) {
      URI uri = URI.create(server.uri(scheme) + "?sentinelMasterId=primary");
      assertThatThrownBy(() -> Managers.open(uri, trusting(elsewhere)))
          .isInstanceOf(BackendException.class)
          .hasStackTraceContaining("No subject alternative names matching IP address 127.0.0.1");
    }
  }

  private static Properties trusting(Certificates certificates) {
    Properties properties = new Properties();
    properties.setProperty("larder.redis.trustStore", certificates.store().toString());
    properties.setProperty("larder.redis.trustStorePassword", Certificates.PASSWORD);
    return properties;
  }

  // ---- users ----------------------------------------------------------------------------------

  @Test
  void userWithPasswordIsLetIn() {
    try (RedisServer server =
            RedisServer.start("user ann on >" + CANARY + " ~c:* +@all", "user default off nopass");
        CacheManager manager = Managers.open(uri(server, "ann:" + CANARY))) {
      Cache<String, String> cache = Managers.strings(manager, "c");
      cache.put("k", "v");
      assertThat(cache.get("k")).isEqualTo("v");
    }
  }

  @Test
  void passwordAloneIsTheDefaultUsers() {
    try (RedisServer server = RedisServer.start("requirepass " + CANARY);
        CacheManager manager = Managers.open(uri(server, ":" + CANARY))) {
      Managers.strings(manager, "c").put("k", "v");
      assertThat(server.command("GET", "c:k")).isEqualTo("v");
    }
  }

  @Test
  void passwordWithSpecialCharactersIsPercentEncoded() {
    try (RedisServer server = RedisServer.start("user ann on >a@b/c:d%e ~* +@all");
        CacheManager manager = Managers.open(uri(server, "ann:a%40b%2Fc%3Ad%25e"))) {
      Managers.strings(manager, "c").put("k", "v");
      assertThat(server.command("GET", "c:k")).isEqualTo("v");
      assertThat(manager.getURI()).isEqualTo(server.uri());
    }
  }

  @Test
  void wrongPasswordIsSaidToBeWrongButNotShown() {
    try (RedisServer server = RedisServer.start("user ann on >right ~* +@all")) {
      Throwable refusal = catchThrowable(() -> Managers.open(uri(server, "ann:" + CANARY)));
      assertThat(refusal)
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("WRONGPASS")
          .hasMessageContaining("127.0.0.1:" + server.port());
      assertThat(Errors.text(refusal)).doesNotContain(CANARY);
    }
  }

  @Test
  void missingPasswordIsSaidToBeMissing() {
    try (RedisServer server = RedisServer.start("requirepass " + CANARY)) {
      assertThatThrownBy(() -> Managers.open(server.uri()))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("NOAUTH");
    }
  }

  @Test
  void whatAUserMayNotDoIsRefusedByName() {
    try (RedisServer server =
            RedisServer.start(
                "user reader on >" + CANARY + " ~c:* +@connection +get +mget +exists");
        CacheManager manager = Managers.open(uri(server, "reader:" + CANARY))) {
      Cache<String, String> cache = Managers.strings(manager, "c");
      server.command("SET", "c:k", "v");

      assertThat(cache.get("k")).isEqualTo("v");
      assertRefused(() -> cache.put("k", "w"), "set");
      assertRefused(() -> cache.remove("k"), "unlink");
      assertRefused(() -> cache.putAll(Map.of("k", "w")), "set");
      assertRefused(() -> cache.removeAll(Set.of("k")), "unlink");
      assertRefused(() -> cache.replace("k", "v", "w"), "evalsha");
      assertRefused(cache::clear, "scan");
      assertRefused(() -> cache.forEach(entry -> {}), "scan");
      assertThat(cache.get("k")).isEqualTo("v");
    }
  }

  @Test
  void otherCachesKeysAreRefused() {
    try (RedisServer server = RedisServer.start("user ann on >pw ~mine:* +@all");
        CacheManager manager = Managers.open(uri(server, "ann:pw"))) {
      Managers.strings(manager, "mine").put("k", "v");
      Cache<String, String> others = Managers.strings(manager, "others");
      assertRefused(() -> others.put("k", "v"), "key");
    }
  }

  private static void assertRefused(Runnable call, String reason) {
    Throwable refusal = catchThrowable(call::run);
    assertThat(refusal)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("NOPERM")
        .hasMessageContaining(reason);
    assertThat(((BackendException) refusal).isOutcomeUnknown()).isFalse();
    assertThat(Errors.text(refusal)).doesNotContain(CANARY);
  }

  private static URI uri(RedisServer server, String userInfo) {
    return URI.create("redis://" + userInfo + "@127.0.0.1:" + server.port());
  }
}
