package dev.larder.docs.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What operations.md says of loggers and of the tests of faults. */
final class OperationsPageTest {
  private static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|[^|]+\\| ([^|]+) \\|$");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");

  /**
   * As in {@code row63Truncated}, {@code rows78To82}, {@code ROW_63_}, {@code "108-110: a URI"}.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "\\brows?(?<first>\\d+)(?:(?<to>To|And)(?<last>\\d+))?[A-Z]|ROW_(?<constant>\\d+)_"
              + "|@DisplayName\\(\"(?<listed>\\d+(?:(?:, |-)\\d+)*):");

  private static final List<Path> SOURCES = sources();

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(DOCS.getParent())) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void allLoggersAreThere() throws IOException {
    Pattern logger = Pattern.compile("(?:getLogger|SparseLog)\\(\"([a-z.]+)\"");
    Set<String> loggers = new TreeSet<>();
    SOURCES.stream()
        .filter(source -> source.toString().contains("src/main/java/dev/larder"))
        .forEach(
            source ->
                logger
                    .matcher(text(source))
                    .results()
                    .forEach(found -> loggers.add(found.group(1))));

    assertThat(loggers).contains("dev.larder.redis", "dev.larder.memcached", "dev.larder.async");
    String table = page().split("## What is logged", 2)[1].split("\n## ", 2)[0];
    assertThat(loggers).allSatisfy(name -> assertThat(table).contains("`" + name + "`"));
  }

  @Test
  void faultsOfDataKeysTimeAndConfigurationAreAllThere() throws IOException {
    assertThat(rows().map(row -> Integer.valueOf(row.group(1))))
        .containsExactlyElementsOf(
            IntStream.concat(IntStream.rangeClosed(63, 98), IntStream.rangeClosed(107, 120))
                .boxed()
                .toList());
  }

  @TestFactory
  Stream<DynamicTest> testsNameTheirFaults() throws IOException {
    return rows()
        .flatMap(
            row ->
                TEST.matcher(row.group(2))
                    .results()
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                row.group(1) + " " + test.group(1),
                                () ->
                                    assertThat(numbersIn(test.group(1)))
                                        .contains(Integer.valueOf(row.group(1))))));
  }

  private static String page() throws IOException {
    return Files.readString(DOCS.resolve("operations.md"));
  }

  private static Stream<MatchResult> rows() throws IOException {
    return ROW.matcher(page()).results();
  }

  private static Set<Integer> numbersIn(String test) {
    List<Path> sources =
        SOURCES.stream().filter(source -> source.endsWith(test + ".java")).toList();
    assertThat(sources).as(test).isNotEmpty();
    Set<Integer> numbers = new TreeSet<>();
    sources.forEach(source -> addNumbers(NAME.matcher(text(source)), numbers));
    return numbers;
  }

  private static void addNumbers(Matcher name, Set<Integer> numbers) {
    while (name.find()) {
      if (name.group("first") != null) {
        String to = "To".equals(name.group("to")) ? "-" : ", ";
        String last = name.group("last");
        addListed(last == null ? name.group("first") : name.group("first") + to + last, numbers);
      } else {
        String constant = name.group("constant");
        addListed(constant == null ? name.group("listed") : constant, numbers);
      }
    }
  }

  private static void addListed(String listed, Set<Integer> numbers) {
    for (String part : listed.split(", ", -1)) {
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = Integer.parseInt(part.substring(dash + 1));
      IntStream.rangeClosed(first, last).forEach(numbers::add);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
