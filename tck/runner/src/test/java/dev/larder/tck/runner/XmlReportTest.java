package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class XmlReportTest {

  @TempDir Path folder;

  @Test
  void countsEachVerdictAndKeepsTheTraces() throws Exception {
    var file = folder.resolve("new").resolve("report.xml");

    XmlReport.write(
        file,
        "memory",
        List.of(
            result("a.Test", Verdict.PASSED, null),
            result("a.Test", Verdict.FAILED, new AssertionError("NUL \0 and <tag>")),
            result("b.Test", Verdict.ERROR, new IllegalStateException()),
            result("b.Test", Verdict.EXCLUDED, null),
            result("b.Test", Verdict.SKIPPED, null),
            result("b.Test", Verdict.UNFINISHED, null)));

    var root =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(totals(root)).containsExactly("TCK memory", "6", "1", "2", "2", "6.000");
    var suites = root.getElementsByTagName("testsuite");
    assertThat(totals((Element) suites.item(0)))
        .containsExactly("a.Test", "2", "1", "0", "0", "2.000");
    assertThat(totals((Element) suites.item(1)))
        .containsExactly("b.Test", "4", "0", "2", "2", "4.000");
    var failure = (Element) root.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("NUL \uFFFD and <tag>");
    assertThat(failure.getTextContent()).contains("at " + getClass().getName());
  }

  private static List<String> totals(Element element) {
    return List.of("name", "tests", "failures", "errors", "skipped", "time").stream()
        .map(element::getAttribute)
        .toList();
  }

  private static TestResult result(String className, Verdict verdict, Throwable cause) {
    return new TestResult(className, "test", verdict, true, Duration.ofSeconds(1), cause);
  }
}
