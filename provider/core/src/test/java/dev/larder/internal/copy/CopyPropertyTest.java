package dev.larder.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Random;
import javax.cache.CacheException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** A copy is what serialization would have made of the object, however it came about. */
class CopyPropertyTest {
  private final ClassLoader classLoader = CopyPropertyTest.class.getClassLoader();
  private final ValueCopier<Object> copier = new ValueCopier<>("users", classLoader);
  private final CopyRules rules = new CopyRules(classLoader, new Immutability());

  @Property(tries = 500)
  void copyIsWhatSerializationMakes(@ForAll long seed) throws Exception {
    Object original = new RandomGraph(new Random(seed)).root();
    Statistics.collect(isCopiedByRules(original));

    Object expected;
    try {
      expected = serialized(original);
    } catch (IOException | RuntimeException e) {
      assertThatThrownBy(() -> copier.apply(original))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(e.getMessage());
      return;
    }
    Object copy = copier.apply(original);

    assertThat(GraphComparison.differenceOf(copy, expected)).isNull();
    assertThat(GraphComparison.sharedBy(copy, original)).isEmpty();
    Statistics.coverage(
        coverage -> {
          coverage.check(true).percentage(percentage -> percentage > 10);
          coverage.check(false).percentage(percentage -> percentage > 10);
        });
  }

  private boolean isCopiedByRules(Object original) {
    try {
      new GraphCopy(rules).copy(original);
      return true;
    } catch (NotCopied e) {
      return false;
    }
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
}
