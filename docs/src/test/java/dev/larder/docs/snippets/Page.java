package dev.larder.docs.snippets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of documentation, whose snippets are regions of sources. */
record Page(Path file, String text) {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path SOURCES =
      MODULE.resolve("src/main/java/dev/larder/docs/snippets").normalize();

  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: (\\w+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("^ *// region\n(.*?)^ *// endregion$", Pattern.DOTALL | Pattern.MULTILINE);

  /** Reads a page; the path is relative to the module. */
  static Page read(String path) {
    Path file = MODULE.resolve(path).normalize();
    return new Page(file, content(file));
  }

  /** Returns the page with each snippet as its source has it now. */
  Page refreshed() {
    return new Page(
        file,
        SNIPPET
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "<!-- snippet: %s -->\n```java\n%s```\n<!-- end -->"
                            .formatted(found.group(1), region(found.group(1))))));
  }

  void write() {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> snippetNames() {
    return SNIPPET.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Returns the names of the sources that have a region to show. */
  static List<String> sourcesWithRegion() {
    try (var files = Files.list(SOURCES)) {
      List<String> names = new ArrayList<>();
      for (Path source : files.sorted().toList()) {
        if (REGION.matcher(content(source)).find()) {
          names.add(source.getFileName().toString().replace(".java", ""));
        }
      }
      return names;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the region of a source, moved to the left margin. */
  static String region(String name) {
    Matcher region = REGION.matcher(content(SOURCES.resolve(name + ".java")));
    if (!region.find()) {
      throw new IllegalStateException(
          name + ".java has no '// region' that a '// endregion' closes");
    }
    return region.group(1).stripIndent().strip() + "\n";
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file.getFileName(), e);
    }
  }
}
