package dev.larder.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.OwnLoader;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // a type that changes
class SerializingCopierTest {
  private final SerializingCopier<Object> copier =
      new SerializingCopier<>("users", SerializingCopierTest.class.getClassLoader());

  @Test
  void whatNeverChangesIsNotCopied() {
    for (Object object :
        List.of("text", 1, 2L, 3.0, TimeUnit.DAYS, Mood.GOOD, Mood.BAD, new Name("a", "b"))) {
      assertThat(copier.apply(object)).isSameAs(object);
    }
  }

  @Test
  void recordWithAListIsCopiedToItsDepth() {
    List<String> names = new ArrayList<>(List.of("a"));
    Team original = new Team("team", names);
    Team copy = (Team) copier.apply(original);
    names.add("b");

    assertThat(copy).isNotSameAs(original).isEqualTo(new Team("team", List.of("a")));
  }

  @Test
  void arraysAreCopied() {
    byte[] bytes = {1, 2};
    int[] ints = {1, 2};
    Date[][] dates = {{new Date(1)}, {}};
    Mood[] moods = {Mood.GOOD, Mood.BAD};

    assertThat((byte[]) copier.apply(bytes)).isNotSameAs(bytes).containsExactly(1, 2);
    assertThat((int[]) copier.apply(ints)).isNotSameAs(ints).containsExactly(1, 2);
    assertThat((Mood[]) copier.apply(moods)).isNotSameAs(moods).containsExactly(moods);
    Date[][] copy = (Date[][]) copier.apply(dates);
    assertThat(copy[0][0]).isNotSameAs(dates[0][0]).isEqualTo(new Date(1));
    assertThat(copy[1]).isEmpty();
  }

  @Test
  void enumConstantsInsideStayThemselves() {
    List<Mood> moods = new ArrayList<>(List.of(Mood.GOOD, Mood.BAD));

    assertThat(copier.apply(moods)).isNotSameAs(moods).isEqualTo(moods);
  }

  @Test
  void classesInsideStayThemselves() {
    Object[] classes = {int.class, void.class, String[].class, Mood.class, Date[][].class};

    assertThat((Object[]) copier.apply(classes)).containsExactly(classes);
  }

  @Test
  @SuppressWarnings("unchecked")
  void lambdaIsCopied() {
    String[] captured = {"a"};
    Function<String, String> original =
        (Function<String, String> & Serializable) text -> text + captured[0];
    Function<String, String> copy = (Function<String, String>) copier.apply(original);
    captured[0] = "b";

    assertThat(copy.apply("1")).isEqualTo("1a");
  }

  @Test
  void proxyIsCopied() {
    Object original = proxy(Named.class);

    assertThat(copier.apply(original)).isNotSameAs(original).isInstanceOf(Named.class);
    assertThat(((Named) copier.apply(original)).name()).isEqualTo("handled");
  }

  @Test
  void proxyWhoseFirstInterfaceIsOfTheJdkIsCopied() {
    Object original = proxy(Comparable.class, Runnable.class, Named.class);

    assertThat(((Named) copier.apply(original)).name()).isEqualTo("handled");
  }

  @Test
  void managersLoaderComesFirst() throws Exception {
    ClassLoader managers = new OwnLoader("dev.larder.internal.copy.SerializingCopierTest$Tag");
    Object copy = new SerializingCopier<>("users", managers).apply((Object) new Tag());

    assertThat(copy.getClass().getName()).isEqualTo(Tag.class.getName());
    assertThat(copy.getClass().getClassLoader()).isSameAs(managers);
  }

  @Test
  void objectsOwnLoaderIsUsedWhereTheManagersKnowsNothing() {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    SerializingCopier<Object> knowsTheJdk = new SerializingCopier<>("users", platform);

    assertThat(knowsTheJdk.apply(new Tag())).isInstanceOf(Tag.class);
    assertThat((Object[]) knowsTheJdk.apply(new Tag[] {new Tag()})).isInstanceOf(Tag[].class);
    assertThat(((Named) knowsTheJdk.apply(proxy(Named.class))).name()).isEqualTo("handled");
  }

  @Test
  void culpritIsNamed() {
    assertThatThrownBy(() -> copier.apply(new Object[] {new Object()}))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'users'")
        .hasMessageContaining("java.lang.Object is not Serializable")
        .hasMessageContaining("setStoreByValue(false)");
  }

  @Test
  void depthThatOverflowsTheStackIsRefused() {
    Link deep = null;
    for (int i = 0; i < 100_000; i++) {
      deep = new Link(deep);
    }
    Link tooDeep = deep;

    assertThatThrownBy(() -> copier.apply(tooDeep))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("cache 'users'")
        .hasCauseInstanceOf(StackOverflowError.class);
    assertThat(copier.apply(new Link(null))).isInstanceOf(Link.class);
  }

  @Test
  void objectThatFailsToWriteItselfIsNamed() {
    assertThatThrownBy(() -> copier.apply(new Stubborn()))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(Stubborn.class.getName())
        .hasRootCauseMessage("on purpose");
  }

  private static Object proxy(Class<?>... faces) {
    return Proxy.newProxyInstance(
        SerializingCopierTest.class.getClassLoader(), faces, new Handler("handled"));
  }

  /** Has to be public for loaders other than this class's. */
  public interface Named {
    String name();
  }

  private record Handler(String answer) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
      return answer;
    }
  }

  private record Name(String first, String last) {}

  private record Team(String name, List<String> members) implements Serializable {}

  private enum Mood {
    GOOD,
    BAD {
      @Override
      public String toString() {
        return "bad";
      }
    }
  }

  static final class Tag implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
  }

  private static final class Link implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @SuppressWarnings({"unused", "serial"}) // only serialized
    private final Link next;

    Link(Link next) {
      this.next = next;
    }
  }

  private static final class Stubborn implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private Object writeReplace() {
      throw new IllegalStateException("on purpose");
    }
  }
}
