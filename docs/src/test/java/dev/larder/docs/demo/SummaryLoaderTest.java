package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryLoaderTest {
  private final ClassFiles files = ClassFiles.ofRunningJdk();
  private final SummaryLoader loader = new SummaryLoader(files);

  SummaryLoaderTest() throws IOException {}

  @Test
  void summaryTellsOfTheClass() throws Exception {
    var summary = loader.load("java.util.ArrayDeque");
    byte[] bytes;
    try (InputStream in = Object.class.getResourceAsStream("/java/util/ArrayDeque.class")) {
      bytes = in.readAllBytes();
    }

    assertThat(summary.name()).isEqualTo("java.util.ArrayDeque");
    assertThat(summary.kind()).isEqualTo(ClassKind.CLASS);
    assertThat(summary.superclass()).isEqualTo("java.util.AbstractCollection");
    assertThat(summary.interfaces()).isEqualTo(3);
    assertThat(summary.bytes()).isEqualTo(bytes.length);
    assertThat(summary.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    assertThat(summary.fingerprint()).hasSize(64).isNotEqualTo(summary.sha256());
  }

  @Test
  void reachIncludesWhatTheReferencesReferTo() {
    var summary = loader.load("java.lang.Runnable");

    assertThat(summary.references()).isEqualTo(1); // Object
    assertThat(summary.reach()).isEqualTo(loader.load("java.lang.Object").references() + 1);
  }

  @Test
  void sameClassHasTheSameSummary() {
    assertThat(loader.load("java.util.HashMap")).isEqualTo(loader.load("java.util.HashMap"));
  }

  @Test
  void severalClassesAreLoadedTogether() {
    assertThat(loader.loadAll(List.of("java.lang.Object", "java.lang.Record")))
        .hasSize(2)
        .containsEntry("java.lang.Object", loader.load("java.lang.Object"));
  }

  @Test
  void loadsAreCountedPerThread() throws InterruptedException {
    loader.load("java.lang.Object");
    var other = new Thread(() -> loader.load("java.lang.Object"));
    other.start();
    other.join();

    assertThat(loader.loadsOfThisThread()).isEqualTo(1);
  }

  @Test
  void summaryOutlivesSerialization() throws Exception {
    var summary = loader.load("java.lang.Object");
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(summary);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(summary);
    }
  }
}
