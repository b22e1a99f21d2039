package dev.larder.internal.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeclaredTypesTest {

  @Test
  void fieldsTellWhatATypeIsMadeOf() {
    assertThat(namesOf(Order.class))
        .containsExactlyInAnyOrder(
            names(Order.class, State.class, Line.class, Label.class, Payment.class, Cash.class));
  }

  @Test
  void superclassesAreLookedInto() {
    assertThat(namesOf(Derived.class))
        .containsExactlyInAnyOrder(names(Derived.class, Base.class, State.class));
  }

  @Test
  void staticAndTransientFieldsAreNotStored() {
    assertThat(namesOf(Sparse.class)).containsExactly(Sparse.class.getName());
  }

  @Test
  void classesOfTheJdkAreTakenAsTheyAre() {
    assertThat(namesOf(Thread.class)).containsExactly("java.lang.Thread");
  }

  @Test
  void arraysAreTheirElements() {
    assertThat(namesOf(Line[][].class)).containsExactlyInAnyOrder(names(Line.class, Label.class));
  }

  @Test
  void anotherJvmReadsWhatTheDeclaredTypeIsMadeOf() throws Exception {
    Order order = new Order(State.OPEN, List.of(new Line(new Label[0])), Map.of(), new Cash(), 1);
    byte[] written = serialization(Object.class).write(order);

    assertThat(serialization(Order.class).read(written, 0)).isInstanceOf(Order.class);
    assertThatThrownBy(() -> serialization(Object.class).read(written, 0))
        .isInstanceOf(UndecodableException.class);
  }

  private static JdkSerialization serialization(Class<?> declared) {
    return new JdkSerialization(
        "orders", DeclaredTypesTest.class.getClassLoader(), List.of(declared), List.of());
  }

  private static Set<String> namesOf(Class<?> type) {
    return DeclaredTypes.namesOf(List.of(type));
  }

  private static String[] names(Class<?>... types) {
    return List.of(types).stream().map(Class::getName).toArray(String[]::new);
  }

  enum State {
    OPEN
  }

  record Label(String text) implements Serializable {}

  @SuppressWarnings("ArrayRecordComponent") // an array is what is to be found
  record Line(Label[] labels) implements Serializable {}

  sealed interface Payment extends Serializable permits Cash {}

  record Cash() implements Payment {}

  record Order(
      State state,
      List<Line> lines,
      Map<String, ? extends Label> notes,
      Payment payment,
      int number)
      implements Serializable {}

  static class Base implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    State state = State.OPEN;
  }

  static final class Derived extends Base {
    @Serial private static final long serialVersionUID = 1L;
  }

  static final class Sparse implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    static final Label LABEL = new Label("none");
    transient Line line = new Line(new Label[0]);
  }
}
