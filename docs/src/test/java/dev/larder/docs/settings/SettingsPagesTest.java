package dev.larder.docs.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.larder.LarderCachingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The documentation has all options and no other; {@code -Dlarder.refresh=true} rewrites its tables
 * and the schema.
 */
final class SettingsPagesTest {
  private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern TABLE =
      Pattern.compile("(?s)(<!-- options: (\\w+) -->)(.*?)(<!-- end -->)");
  private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

  private static @Nullable JsonSchema schema;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"configuration.md, 2", "redis.md, 1", "memcached.md, 1"})
  void pageHasAllOptionsAndNoOther(String name, int tables) throws IOException {
    Path file = DOCS.resolve(name);
    String text = Files.readString(file);
    assertThat(TABLE.matcher(text).results()).hasSize(tables);
    assertCurrent(
        file,
        TABLE
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1) + Reference.table(found.group(2)) + found.group(4))));
  }

  @Test
  void schemaIsThatOfTheOptions() throws IOException {
    assertCurrent(DOCS.resolve("larder.schema.json"), Reference.schema());
  }

  private static void assertCurrent(Path file, String wanted) throws IOException {
    if (Boolean.getBoolean("larder.refresh")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as("%s; if the change is meant, run this test with -Dlarder.refresh=true", file)
        .isEqualTo(wanted);
  }

  @Test
  void examplesOfThePageFollowTheSchema() throws IOException {
    String page = Files.readString(DOCS.resolve("configuration.md"));
    assertThat(YAML.matcher(page).results())
        .isNotEmpty()
        .allSatisfy(found -> assertThat(invalid(found.group(1))).isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {uri: 'memory:', namespace: shop, enabled: true}   | true
          {caches: {a: {}, b: {max-entries: 10_000}}}        | true
          {caches: {a: {max-weight: 64MiB}}}                 | true
          {caches: {a: {max-entries: 5, statistics: true}}}  | true
          {caches: {a: {expire-after-write: PT1H}}}          | true
          {redis: {timeout: 500ms, inFlight: 10}}            | true
          {memcached: {protocol: ascii}}                     | true
          {caches: {a: {eviction-policy: lru}}}              | true
          {caches: {a: {max-entries: '${larder.test.n:7}'}}} | true
          {caches: {a: {max-entires: 5}}}                    | false
          {caches: {a: {max-entries: many}}}                 | false
          {caches: {a: {max-entries: 0}}}                    | false
          {caches: {a: {max-weight: 64MB}}}                  | false
          {caches: {a: {expire-after-write: 5}}}             | false
          {caches: {a: {statistics: perhaps}}}               | false
          {caches: {a: {eviction-policy: newest}}}           | false
          {caches: 5}                                        | false
          {redis: {timout: 1s}}                              | false
          {redis: {timeout: soon}}                           | false
          {memcached: {protocol: udp}}                       | false
          {url: 'memory:'}                                   | false
          """)
  void schemaSaysWhatTheManagerSays(String yaml, boolean valid) throws IOException {
    assertThat(invalid(yaml).isEmpty()).isEqualTo(valid);
    Path file = Files.writeString(directory.resolve("larder.yaml"), yaml);
    try (LarderCachingProvider provider = new LarderCachingProvider()) {
      Throwable refusal =
          catchThrowable(() -> provider.getCacheManager(file.toUri(), getClass().getClassLoader()));
      assertThat(refusal == null).as("%s", refusal).isEqualTo(valid);
    }
  }

  private static JsonSchema schema() throws IOException {
    if (schema == null) {
      schema =
          JsonSchemaFactory.getInstance(VersionFlag.V202012)
              .getSchema(Files.readString(DOCS.resolve("larder.schema.json")));
    }
    return schema;
  }

  private static Set<ValidationMessage> invalid(String yaml) throws IOException {
    return schema().validate(yaml, InputFormat.YAML);
  }
}
