package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassFilesTest {
  private final ClassFiles files = ClassFiles.ofRunningJdk();

  ClassFilesTest() throws IOException {}

  @Test
  void namesAreThoseOfClasses() throws ClassNotFoundException {
    assertThat(files.names())
        .contains("java.lang.Object", Map.Entry.class.getName())
        .doesNotContain("module-info")
        .isSorted();
    assertThat(Class.forName(files.names().get(0))).isNotNull();
  }

  @Test
  void everyFileParses() throws IOException {
    for (var name : files.names()) {
      assertThat(ClassFileParser.parse(files.bytes(name)).name()).isEqualTo(name);
    }
  }

  @Test
  void unknownClassIsNamed() {
    assertThat(files.contains("no.such.Type")).isFalse();
    assertThatThrownBy(() -> files.bytes("no.such.Type"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no.such.Type");
  }
}
