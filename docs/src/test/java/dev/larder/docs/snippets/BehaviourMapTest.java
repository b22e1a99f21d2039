package dev.larder.docs.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of aiocache's behaviours: the tests that it names exist, and have the row's number. */
final class BehaviourMapTest {
  private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|[^|]+\\| ([^|]+) \\|$");

  /** As in {@code `CommandContract`} and {@code `CommandContract`, 37}. */
  private static final Pattern TEST =
      Pattern.compile("`(\\w+(?:Test|Contract))`(?:, (\\d+)(?: to \\d+)?)?");

  @Test
  void allBehavioursAreThere() throws IOException {
    assertThat(rows().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 105).boxed().toList());
  }

  @Test
  void testsOfTheKitHaveTheirNumbers() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(DOCS.getParent())) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    rows()
        .forEach(
            row -> {
              List<MatchResult> tests = TEST.matcher(row.group(2)).results().toList();
              assertThat(tests.isEmpty() && !row.group(2).startsWith("does not apply"))
                  .as(row.group())
                  .isFalse();
              for (MatchResult test : tests) {
                String number = test.group(2) == null ? row.group(1) : test.group(2);
                assertThat(hasNumber(sources, test.group(1), number)).as(row.group()).isTrue();
              }
            });
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(DOCS.resolve("aiocache-behaviours.md"))).results();
  }

  /** Says whether a class exists and, if it is a contract with numbered tests, has that number. */
  private static boolean hasNumber(List<Path> sources, String test, String number) {
    Pattern numbered = Pattern.compile("@DisplayName\\(\\s*\"(?:\\d+, )*" + number + "[, ]");
    return sources.stream()
        .filter(source -> source.endsWith(test + ".java"))
        .map(BehaviourMapTest::text)
        .anyMatch(
            text ->
                test.endsWith("Test")
                    || !text.contains("@DisplayName")
                    || numbered.matcher(text).find());
  }

  private static String text(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
