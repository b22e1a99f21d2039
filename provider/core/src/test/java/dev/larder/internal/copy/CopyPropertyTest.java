package dev.larder.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A copy is what serialization would have made of the object, however it came about. */
@SuppressWarnings("JavaUtilDate") // a type that changes
class CopyPropertyTest {
  private final SerializingCopier<Object> copier =
      new SerializingCopier<>("users", CopyPropertyTest.class.getClassLoader());

  @Property(tries = 500)
  void copyIsWhatSerializationMakes(@ForAll("objects") Object original) throws Exception {
    Object copy = copier.apply(original);
    Object expected = serialized(original);

    assertThat(described(copy)).isEqualTo(described(expected));
    assertThat(sharesWhatChanges(copy, original)).isFalse();
  }

  /** Returns the classes and the contents, to their depth. */
  private static Object described(Object object) {
    if (object.getClass().isArray() || object instanceof List) {
      List<Object> parts = new ArrayList<>(List.of(object.getClass()));
      elements(object).forEach(element -> parts.add(element == null ? "" : described(element)));
      return parts;
    }
    return object;
  }

  private static Object serialized(Object original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }

  /** Says whether an object that can change is part of both. */
  private static boolean sharesWhatChanges(Object copy, Object original) {
    boolean changes =
        original instanceof Date || original instanceof Collection || original.getClass().isArray();
    if (changes && copy == original) {
      return true;
    }
    List<?> ofCopy = elements(copy);
    List<?> ofOriginal = elements(original);
    for (int i = 0; i < ofOriginal.size(); i++) {
      Object element = ofOriginal.get(i);
      if (element != null && sharesWhatChanges(ofCopy.get(i), element)) {
        return true;
      }
    }
    return false;
  }

  private static List<?> elements(Object object) {
    if (object instanceof List<?> list) {
      return list;
    }
    List<Object> elements = new ArrayList<>();
    int length = object.getClass().isArray() ? Array.getLength(object) : 0;
    for (int i = 0; i < length; i++) {
      elements.add(Array.get(object, i));
    }
    return elements;
  }

  @Provide
  Arbitrary<Object> objects() {
    Arbitrary<Object> leaves =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(5).map(Object.class::cast),
            Arbitraries.integers().map(Object.class::cast),
            Arbitraries.of(TimeUnit.class).map(Object.class::cast),
            Arbitraries.strings().ofMaxLength(3).map(Name::new),
            Arbitraries.longs().map(Date::new),
            Arbitraries.integers().array(int[].class).ofMaxSize(3),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(3),
            Arbitraries.strings().ofMaxLength(3).array(String[].class).ofMaxSize(3),
            Arbitraries.of(TimeUnit.class).array(TimeUnit[].class).ofMaxSize(3));
    return Arbitraries.recursive(
        () -> leaves,
        inner ->
            Arbitraries.oneOf(
                inner.injectNull(0.1).list().ofMaxSize(4).map(ArrayList::new),
                inner.injectNull(0.1).list().ofMaxSize(4).map(Own::new),
                inner.injectNull(0.1).array(Object[].class).ofMaxSize(4)),
        0,
        2);
  }

  record Name(String name) implements Serializable {}

  /** A list that is not just an {@code ArrayList}. */
  static final class Own extends ArrayList<Object> {
    @Serial private static final long serialVersionUID = 1L;

    Own(Collection<?> elements) {
      super(elements);
    }
  }
}
