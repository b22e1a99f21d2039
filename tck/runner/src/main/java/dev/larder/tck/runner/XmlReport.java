package dev.larder.tck.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes results in the XML of JUnit's Ant task, which build servers read. */
final class XmlReport {

  private final XMLStreamWriter xml;

  private XmlReport(XMLStreamWriter xml) {
    this.xml = xml;
  }

  static void write(Path file, String name, List<TestResult> results) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (var out = Files.newOutputStream(file)) {
      var xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      new XmlReport(xml).write(name, results);
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private void write(String name, List<TestResult> results) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line();
    xml.writeStartElement("testsuites");
    totals("TCK " + name, results);
    var byClass =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    TestResult::className, LinkedHashMap::new, Collectors.toList()));
    for (var entry : byClass.entrySet()) {
      line();
      xml.writeStartElement("testsuite");
      totals(entry.getKey(), entry.getValue());
      for (var result : entry.getValue()) {
        testCase(result);
      }
      line();
      xml.writeEndElement();
    }
    line();
    xml.writeEndElement();
    line();
    xml.writeEndDocument();
  }

  private void totals(String name, List<TestResult> results) throws XMLStreamException {
    int errors = TestTally.count(results, Verdict.ERROR);
    int unfinished = TestTally.count(results, Verdict.UNFINISHED);
    int skipped = TestTally.count(results, Verdict.SKIPPED);
    int excluded = TestTally.count(results, Verdict.EXCLUDED);
    attribute("name", name);
    attribute("tests", Integer.toString(results.size()));
    attribute("failures", Integer.toString(TestTally.count(results, Verdict.FAILED)));
    attribute("errors", Integer.toString(errors + unfinished));
    attribute("skipped", Integer.toString(skipped + excluded));
    attribute(
        "time",
        seconds(results.stream().map(TestResult::duration).reduce(Duration.ZERO, Duration::plus)));
  }

  private void testCase(TestResult result) throws XMLStreamException {
    line();
    xml.writeStartElement("testcase");
    attribute("classname", result.className());
    attribute("name", result.testName());
    attribute("time", seconds(result.duration()));
    switch (result.verdict()) {
      case PASSED -> {}
      case FAILED -> thrown("failure", result.cause());
      case ERROR -> thrown("error", result.cause());
      case EXCLUDED -> message("skipped", "excluded by the TCK");
      case SKIPPED -> thrown("skipped", result.cause());
      case UNFINISHED -> message("error", "did not finish");
    }
    xml.writeEndElement();
  }

  private void thrown(String element, @Nullable Throwable cause) throws XMLStreamException {
    if (cause == null) {
      xml.writeEmptyElement(element);
      return;
    }
    xml.writeStartElement(element);
    attribute("type", cause.getClass().getName());
    attribute("message", String.valueOf(cause.getMessage()));
    var trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    xml.writeCharacters(legal(trace.toString()));
    xml.writeEndElement();
  }

  private void message(String element, String message) throws XMLStreamException {
    xml.writeEmptyElement(element);
    attribute("message", message);
  }

  private void attribute(String name, String value) throws XMLStreamException {
    xml.writeAttribute(name, legal(value));
  }

  private void line() throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }

  /** XML can not hold most control characters, not even escaped; messages may have them. */
  private static String legal(String text) {
    return text.codePoints()
        .map(c -> isLegal(c) ? c : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isLegal(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
