package dev.larder.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.SettingsFormat;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file contains, it is read or refused with a message; nothing else happens. */
class SettingsFuzzTest {
  @Property(tries = 700)
  void anyTextIsReadOrRefused(@ForAll String text) {
    check(text);
  }

  @Property(tries = 700)
  void anyTreeIsReadOrRefused(@ForAll("trees") String text) {
    check(text);
  }

  private static void check(String text) {
    check(new YamlSettings(), text);
    check(new JsonSettings(), text);
  }

  private static void check(SettingsFormat format, String text) {
    try {
      assertThat(format.read(text))
          .allSatisfy(
              setting -> {
                assertThat(setting.path()).isNotEmpty();
                assertThat(setting.value()).isNotNull();
                assertThat(setting.line()).isPositive();
              });
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotNull().startsWith("line ").hasSizeGreaterThan(10);
    }
  }

  @Provide
  Arbitrary<String> trees() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "caches",
                "a",
                "uri",
                ": ",
                ":",
                "\n",
                "\n  ",
                "\n    ",
                "- ",
                "{",
                "}",
                "[",
                "]",
                ", ",
                "\"",
                "'",
                "&a ",
                "*a",
                "!!str ",
                "!!set ",
                "? ",
                "<<: ",
                "|",
                ">-",
                "---",
                "...",
                "# x",
                "%YAML 1.1\n",
                "\t",
                "5",
                "1_000",
                "5.0",
                "null",
                "~",
                "yes",
                "true",
                "0x1F",
                "12:30:45",
                "2026-11-22",
                "1e999",
                ".nan",
                "\\u0000",
                "\ud800",
                "\u0085"),
            Arbitraries.strings().ofMaxLength(3))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
