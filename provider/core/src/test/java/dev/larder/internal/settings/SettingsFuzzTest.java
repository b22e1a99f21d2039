package dev.larder.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Properties;
import javax.cache.CacheException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever a configuration is, it is used or refused with a message; nothing else happens. */
class SettingsFuzzTest {
  private static final ClassLoader LOADER = SettingsFuzzTest.class.getClassLoader();

  private static void assertUsedOrRefused(Runnable use) {
    String message;
    try {
      use.run();
      return;
    } catch (CacheException e) {
      message = e.getMessage();
    }
    assertThat(message).as("the message of a refusal").isNotNull().hasSizeGreaterThan(10);
    assertThat(message).doesNotContain("null", "Exception@");
  }

  private static void check(URI uri, String properties) {
    assertUsedOrRefused(
        () -> {
          List<Given> file;
          try {
            file =
                new PropertiesFormat()
                    .read(properties).stream()
                        .map(each -> new Given(each.path(), each.value(), "fuzz:" + each.line()))
                        .toList();
          } catch (IllegalArgumentException e) {
            throw new CacheException("the configuration cannot be read: " + e.getMessage(), e);
          }
          new SettingsCheck(uri, List.of(), LOADER).check(List.of(List.of(), file));
        });
  }

  @Property(tries = 300)
  void anyTextIsAFileOrRefused(@ForAll String text) {
    check(URI.create("larder:default"), text);
  }

  @Property(tries = 700)
  void anySettingsAreUsedOrRefused(@ForAll("settings") List<String> lines) {
    check(URI.create("larder:default"), String.join("\n", lines));
  }

  @Provide
  Arbitrary<List<String>> settings() {
    Arbitrary<String> names =
        Arbitraries.of(
            "uri", "namespace", "enabled", "caches.a", "caches.*", "caches.a.b", "redis", "x", "");
    Arbitrary<String> settings =
        Arbitraries.of(
            "", ".max-entries", ".max-weight", ".expire-after-write", ".loader", ".key-type", ".x");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "5",
                "-1",
                "5m",
                "64MiB",
                "true",
                "${",
                "${x",
                "${x:5}",
                "${a:${b}}",
                "memory:",
                "java.lang.String",
                "[I",
                "int",
                "java.lang.Runnable",
                "PT",
                "P1D",
                "1_",
                "_1"),
            Arbitraries.strings().ofMaxLength(12));
    return Combinators.combine(names, settings, values)
        .as((name, setting, value) -> name + setting + " = " + value)
        .list()
        .ofMaxSize(5);
  }

  @Property(tries = 700)
  void anyUriIsUsedOrRefused(@ForAll("uris") String text) {
    URI uri = parsed(text);
    if (uri != null) {
      assertUsedOrRefused(() -> ManagerSettings.of(uri, LOADER, new Properties()));
    }
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null; // the application's to notice
    }
  }

  @Provide
  Arbitrary<String> uris() {
    Arbitrary<String> schemes =
        Arbitraries.of(
            "",
            "memory:",
            "larder:",
            "LARDER:",
            "file:",
            "classpath:",
            "jar:",
            "jar:file:",
            "redis:",
            "x:",
            "http:");
    Arbitrary<String> parts =
        Arbitraries.oneOf(
            Arbitraries.of(
                "/", "//", "?", "#", "@", ":", "!", "!/", "a", "a.yaml", "%00", "%41", "&", "=",
                "[::1]", "..", "*", "$1", "\\\\"),
            Arbitraries.strings().ascii().ofMaxLength(3));
    return Combinators.combine(schemes, parts.list().ofMaxSize(6))
        .as((scheme, rest) -> scheme + String.join("", rest));
  }
}
