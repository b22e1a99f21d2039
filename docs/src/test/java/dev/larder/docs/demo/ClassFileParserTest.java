package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFileParserTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        Object.class,
        Comparator.class,
        List.class,
        TimeUnit.class,
        Deprecated.class,
        Math.class,
        Runtime.Version.class,
        String.class,
        ClassFileParser.class,
        Point.class,
        Constants.class
      })
  void declarationsAreThoseThatReflectionTells(Class<?> type) throws IOException {
    var parsed = parse(type);

    assertThat(parsed.name()).isEqualTo(type.getName());
    assertThat(parsed.kind()).isEqualTo(kind(type));
    assertThat(parsed.superclass()).isEqualTo(superclass(type));
    assertThat(parsed.interfaces())
        .isEqualTo(Arrays.stream(type.getInterfaces()).map(Class::getName).toList());
    assertThat(parsed.fields()).isEqualTo(type.getDeclaredFields().length);
    assertThat(parsed.methods())
        .isEqualTo(type.getDeclaredMethods().length + type.getDeclaredConstructors().length);
  }

  @Test
  void constantsAfterLongsAndDoublesAreFound() throws IOException {
    var parsed = parse(Constants.class);

    assertThat(parsed.references()).contains("java.lang.StringBuilder", "java.util.UUID");
    assertThat(parsed.references()).doesNotContain(Constants.class.getName());
  }

  @Test
  void typesOfSignaturesAreReferences() throws IOException {
    assertThat(parse(Comparator.class).references())
        .contains("java.util.function.ToLongFunction", "java.lang.Object");
  }

  @Test
  void arraysAreReferencesToTheirElements() throws IOException {
    var references = parse(Constants.class).references();

    assertThat(references).contains("java.time.Month");
    assertThat(references).noneMatch(name -> name.startsWith("[") || name.endsWith(";"));
  }

  @Test
  void foreignBytesAreRefused() {
    assertThatThrownBy(() -> ClassFileParser.parse(new byte[64]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("CAFEBABE");
  }

  @Test
  void halfAFileIsRefused() throws IOException {
    var bytes = bytes(Point.class);

    assertThatThrownBy(() -> ClassFileParser.parse(Arrays.copyOf(bytes, bytes.length / 2)))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void unknownConstantIsRefused() throws IOException {
    var bytes = bytes(Point.class);
    bytes[10] = 99;

    assertThatThrownBy(() -> ClassFileParser.parse(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage("constant 1 has the unknown tag 99");
  }

  @Test
  void damageIsRefusedOrHarmless() throws IOException {
    var whole = bytes(Point.class);
    for (int i = 0; i < whole.length; i++) {
      var damaged = whole.clone();
      damaged[i] ^= 0x55;
      assertThat(catchThrowable(() -> ClassFileParser.parse(damaged)))
          .as("byte %d", i)
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown -> assertThat(thrown).isInstanceOf(IOException.class));
    }
  }

  private static ClassFile parse(Class<?> type) throws IOException {
    return ClassFileParser.parse(bytes(type));
  }

  private static byte[] bytes(Class<?> type) throws IOException {
    var file = "/" + type.getName().replace('.', '/') + ".class";
    try (var in = type.getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  private static ClassKind kind(Class<?> type) {
    if (type.isAnnotation()) {
      return ClassKind.ANNOTATION;
    }
    if (type.isInterface()) {
      return ClassKind.INTERFACE;
    }
    if (type.isEnum()) {
      return ClassKind.ENUM;
    }
    return type.isRecord() ? ClassKind.RECORD : ClassKind.CLASS;
  }

  private static String superclass(Class<?> type) {
    if (type.isInterface()) {
      return "java.lang.Object";
    }
    return type.getSuperclass() == null ? null : type.getSuperclass().getName();
  }

  /** A record. */
  record Point(long x, double y) {}

  /** A class whose pool holds two-slot constants between the others. */
  @SuppressWarnings("unused") // Only its class file is read.
  static final class Constants implements Runnable {
    static final long LARGE = 0x1234_5678_9ABC_DEF0L;
    static final double PRECISE = 0.123456789;

    private final StringBuilder text = new StringBuilder().append(LARGE).append(PRECISE);

    @Override
    public void run() {
      text.append(Long.MIN_VALUE).append(java.util.UUID.randomUUID()).append(Math.E);
      Object[] months = new java.time.Month[0][0];
      text.append(months.length);
    }
  }
}
