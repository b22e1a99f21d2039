package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.api.Test;

class UnwrapTargetTest {

  private final Bottom object = new Bottom();

  @Test
  void prefersTheClassItself() {
    assertThat(target(type -> object))
        .isEqualTo(new UnwrapTarget("property", Bottom.class.getName(), true));
  }

  @Test
  void takesAnInterfaceOfAParentIfTheClassIsRefused() {
    assertThat(target(type -> accept(type, type == Face.class)))
        .isEqualTo(new UnwrapTarget("property", Face.class.getName(), true));
  }

  @Test
  void everyonesTypesDoNotCount() {
    assertThat(target(type -> accept(type, type == Object.class || type == Comparable.class)))
        .isEqualTo(new UnwrapTarget("property", Bottom.class.getName(), false));
  }

  @Test
  void anObjectOfAnotherTypeIsNoAnswer() {
    assertThat(target(type -> "something else").accepted()).isFalse();
  }

  private UnwrapTarget target(Function<Class<?>, Object> unwrap) {
    return UnwrapTarget.of("property", object, unwrap);
  }

  private Object accept(Class<?> type, boolean accepted) {
    if (!accepted) {
      throw new IllegalArgumentException(type.getName());
    }
    return object;
  }

  private interface Face extends Comparable<Face> {}

  private static class Parent implements Face {
    @Override
    public int compareTo(Face other) {
      return 0;
    }
  }

  private static final class Bottom extends Parent {}
}
