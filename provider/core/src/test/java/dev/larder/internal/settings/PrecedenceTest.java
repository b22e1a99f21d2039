package dev.larder.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.LarderConfiguration;
import dev.larder.internal.Texts;
import dev.larder.spi.Option;
import dev.larder.spi.OptionValues;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.RemoteStoreFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several places counts that say something of one setting. */
class PrecedenceTest {
  private static final Option<Duration> TIMEOUT =
      Option.duration("timeout", Duration.ofMillis(1), Duration.ofHours(1)).otherwise("1s");
  private static final Option<String> PASSWORD =
      Option.text("password", Pattern.compile("\\S*"), "no blanks").secret();
  private static final List<RemoteStoreFactory> BACKENDS = List.of(new Fake());

  @TempDir private Path directory;

  @AfterEach
  void forget() {
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("larder."))
        .forEach(System::clearProperty);
  }

  /** In the order of {@link Sources}; a dash says nothing. */
  @ParameterizedTest
  @CsvSource({
    "1s, 2s, 3s, 4s, 5s, 1s",
    "-,  2s, 3s, 4s, 5s, 2s",
    "-,  -,  3s, 4s, 5s, 3s",
    "-,  -,  -,  4s, 5s, 4s",
    "-,  -,  -,  -,  5s, 5s",
    "-,  -,  -,  -,  -,  1s",
    "1s, 2s, -,  -,  -,  1s",
  })
  void firstPlaceThatSaysItCounts(
      String uri, String system, String variable, String property, String file, String timeout)
      throws Exception {
    URI managerUri = uri.equals("-") ? fileOf("fake.timeout", file) : fake(uri);
    Properties properties = new Properties();
    if (!system.equals("-")) {
      System.setProperty("larder.fake.timeout", system);
    }
    if (!property.equals("-")) {
      properties.setProperty("larder.fake.timeout", property);
    }
    List<List<Given>> sources =
        new ArrayList<>(Sources.of(managerUri, getClass().getClassLoader(), properties, BACKENDS));
    if (!variable.equals("-")) {
      Given given = new Given(List.of("fake", "timeout"), variable, "LARDER_FAKE_TIMEOUT");
      sources.set(2, List.of(given));
    }

    assertThat(check(managerUri, sources).values().get(TIMEOUT)).isEqualTo(Texts.duration(timeout));
  }

  private static URI fake(String timeout) {
    return URI.create("fake://host?timeout=" + timeout);
  }

  private URI fileOf(String name, String value) throws Exception {
    String text = value.equals("-") ? "" : name + " = " + value + "\n";
    return Files.writeString(directory.resolve("larder.properties"), "uri = fake://host\n" + text)
        .toUri();
  }

  private static ManagerSettings check(URI managerUri, List<List<Given>> sources) {
    return new SettingsCheck(managerUri, BACKENDS, PrecedenceTest.class.getClassLoader())
        .check(sources);
  }

  private static ManagerSettings check(URI managerUri, Properties properties) {
    return check(
        managerUri,
        Sources.of(managerUri, PrecedenceTest.class.getClassLoader(), properties, BACKENDS));
  }

  @Test
  void parametersCountAsMuchAsThePlaceOfTheirUri() throws Exception {
    System.setProperty("larder.uri", "fake://other?timeout=7s&namespace=a%20b");
    ManagerSettings settings = check(fileOf("fake.timeout", "5s"), new Properties());

    assertThat(settings.backend()).hasHost("other");
    assertThat(settings.values().get(TIMEOUT)).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.namespace()).isEqualTo("a b");
  }

  @Test
  void sameSettingInAUriAndBesideItIsRefused() {
    System.setProperty("larder.uri", "fake://other?timeout=7s");
    System.setProperty("larder.fake.timeout", "8s");
    assertThatThrownBy(() -> check(URI.create("larder:default"), new Properties()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(
            "-Dlarder.uri: the parameter 'timeout' is there again (-Dlarder.fake.timeout)");
  }

  @Test
  void propertiesWinOverTheFileForEachSettingOfACache() throws Exception {
    URI file = fileOf("caches.users.max-entries", "5");
    Properties properties = new Properties();
    properties.setProperty("larder.caches.users.expire-after-write", "5m");
    properties.setProperty("larder.caches.users.max-weight", "1MiB");
    LarderConfiguration<?, ?> users = check(file, properties).declared().get("users");

    assertThat(users.maxWeight()).isEqualTo(1 << 20);
    assertThat(users.maxEntries()).as("which it excludes").isEqualTo(Long.MAX_VALUE);
    assertThat(users.getExpiryPolicyFactory().create().getExpiryForUpdate().getDurationAmount())
        .isEqualTo(300_000);
  }

  @Test
  void programWinsOverAll() {
    System.setProperty("larder.caches.*.max-entries", "5");
    ManagerSettings settings = check(URI.create("memory:m"), new Properties());
    var given = LarderConfiguration.builder().maxEntries(9).build();

    assertThat(settings.complete("c", given).maxEntries()).isEqualTo(9);
    assertThat(settings.complete("c", LarderConfiguration.builder().build()).maxEntries())
        .isEqualTo(5);
  }

  @Test
  void othersSystemPropertiesAreLeftAloneUnlessTheyAreAlike() {
    System.setProperty("larder.home.of.another", "x");
    assertThat(check(URI.create("larder:default"), new Properties()).enabled()).isTrue();
    System.setProperty("larder.ulr", "fake://host");
    assertThatThrownBy(() -> check(URI.create("larder:default"), new Properties()))
        .hasMessageContaining("-Dlarder.ulr: there is no setting 'ulr'; did you mean 'uri'?");
  }

  @Test
  void secretsAreInNoMessageAndNoUri() {
    System.setProperty("larder.fake.password", "canary 5ecret");
    System.setProperty("larder.uri", "fake://ann:canary@host?pasword=canary");
    assertThatThrownBy(() -> check(URI.create("larder:default"), new Properties()))
        .hasMessageContaining("-Dlarder.fake.password: password is not allowed; it is no blanks")
        .hasMessageContaining("there is no parameter 'pasword'")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> check(URI.create("fake://host?password=canary"), new Properties()))
        .hasMessageContaining("there is no parameter 'password'")
        .hasMessageNotContaining("canary");
  }

  @Test
  void variablesHaveTheNamesOfTheirOptions() {
    assertThat(Sources.variable("redis", Option.flag("connectTimeout")))
        .isEqualTo("LARDER_REDIS_CONNECT_TIMEOUT");
    assertThat(Sources.variable(null, ManagerSettings.URI_OPTION)).isEqualTo("LARDER_URI");
  }

  /** A backend that has options and nothing else. */
  private static final class Fake implements RemoteStoreFactory {
    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Set<String> schemes() {
      return Set.of("fake");
    }

    @Override
    public List<Option<?>> options() {
      return List.of(TIMEOUT, PASSWORD);
    }

    @Override
    public RemoteStore open(URI uri, OptionValues values) {
      throw new UnsupportedOperationException();
    }
  }
}
