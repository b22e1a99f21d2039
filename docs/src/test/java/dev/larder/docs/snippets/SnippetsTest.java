package dev.larder.docs.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the pages' code with the sources; {@code -Dsnippets.update=true} rewrites the pages. */
final class SnippetsTest {
  private static final List<String> PAGES =
      List.of(
          "../README.md", "guide.md", "aiocache.md", "redis.md", "memcached.md", "jakarta-ee.md");

  @BeforeAll
  static void refreshPagesIfAsked() {
    if (Boolean.getBoolean("snippets.update")) {
      PAGES.forEach(page -> Page.read(page).refreshed().write());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../README.md",
        "guide.md",
        "aiocache.md",
        "redis.md",
        "memcached.md",
        "jakarta-ee.md"
      })
  void pageShowsTheCodeThatIsRun(String path) {
    Page page = Page.read(path);

    assertThat(page.text())
        .as(
            "%s shows other code than the sources in docs/src/main; refresh it by: mvn test -pl"
                + " docs -am -Dtest=SnippetsTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -DfailIfNoTests=false -Dsnippets.update=true",
            page.file().getFileName())
        .isEqualTo(page.refreshed().text());
  }

  @Test
  void everyJavaBlockIsASnippet() {
    for (String path : PAGES) {
      Page page = Page.read(path);
      int blocks = page.text().split("```java", -1).length - 1;

      assertThat(blocks).as(path).isEqualTo(page.snippetNames().size());
    }
  }

  @Test
  void everyRegionIsShown() {
    Stream<String> shown = PAGES.stream().flatMap(page -> Page.read(page).snippetNames().stream());

    assertThat(shown.distinct()).containsExactlyInAnyOrderElementsOf(Page.sourcesWithRegion());
  }

  @Test
  void quickStartFitsInTwentyLines() {
    assertThat(Page.region("QuickStart").lines().count()).isLessThanOrEqualTo(20);
  }
}
