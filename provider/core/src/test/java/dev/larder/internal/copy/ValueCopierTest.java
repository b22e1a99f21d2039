package dev.larder.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.Memory;
import dev.larder.OwnLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.management.Attribute;
import org.junit.jupiter.api.Test;

@SuppressWarnings({"JavaUtilDate", "JdkObsolete"}) // types that users have
class ValueCopierTest {
  private final ClassLoader classLoader = ValueCopierTest.class.getClassLoader();
  private final ValueCopier<Object> copier = new ValueCopier<>("users", classLoader);

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
    ClassLoader managers = new OwnLoader("dev.larder.internal.copy.ValueCopierTest$Tag");
    Object copy = new ValueCopier<>("users", managers).apply((Object) new Tag());

    assertThat(copy.getClass().getName()).isEqualTo(Tag.class.getName());
    assertThat(copy.getClass().getClassLoader()).isSameAs(managers);
  }

  @Test
  void objectsOwnLoaderIsUsedWhereTheManagersKnowsNothing() {
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    ValueCopier<Object> knowsTheJdk = new ValueCopier<>("users", platform);

    assertThat(knowsTheJdk.apply(new Tag())).isInstanceOf(Tag.class);
    assertThat((Object[]) knowsTheJdk.apply(new Tag[] {new Tag()})).isInstanceOf(Tag[].class);
    assertThat(((Named) knowsTheJdk.apply(proxy(Named.class))).name()).isEqualTo("handled");
  }

  @Test
  void classesWithoutHooksAreNotSerialized() {
    CopyRules rules = new CopyRules(classLoader, new Immutability());
    for (Object original :
        List.of(
            new GraphNodes.Plain(1),
            new GraphNodes.Primitives(1),
            new GraphNodes.OnBase(new ArrayList<>(List.of("a"))),
            new GraphNodes.Pair(List.of(new Date(1)), 1, Map.of("key", new Date(1))),
            new HashMap<>(Map.of(1, new int[] {1})),
            new TreeMap<>(Map.of("key", new LinkedList<>())),
            new EnumMap<>(Map.of(Mood.BAD, EnumSet.of(Mood.GOOD))),
            Arrays.asList("a", new ArrayDeque<>()),
            new Object[][] {{new LinkedHashMap<>(), new LinkedHashSet<>(), new AtomicLong(1)}})) {
      Object copy = new GraphCopy(rules).copy(original);
      assertThat(copy).hasSameClassAs(original);
      assertThat(GraphComparison.sharedBy(copy, original)).as("%s", original).isEmpty();
    }
  }

  @Test
  void fixedCollectionsOfWhatNeverChangesAreKept() {
    List<?> original = List.of(List.of("a"), Set.of(1), Map.of("b", 2L), Stream.of(3).toList());

    assertThat(copier.apply(original)).isSameAs(original);
  }

  /** Its package is not open, so only serialization gets at its fields. */
  @Test
  void classInAPackageThatIsNotOpenIsCopied() {
    Attribute original = new Attribute("name", new ArrayList<>(List.of("a")));

    assertThat(copier.apply(original)).isEqualTo(original).isNotSameAs(original);
  }

  /** The JVM sets no final fields of theirs, and JDK 17 makes no objects of them. */
  @Test
  void hiddenClassIsLeftToSerialization() throws Exception {
    Class<?> hidden =
        MethodHandles.lookup().defineHiddenClass(bytesOf(HiddenValue.class), true).lookupClass();
    CopyRules rules = new CopyRules(classLoader, new Immutability());

    assertThat(rules.of(HiddenValue.class)).isNotSameAs(CopyRule.SERIALIZE);
    assertThat(rules.of(hidden)).isSameAs(CopyRule.SERIALIZE);
  }

  @Test
  void classLoaderOfWhatWasCopiedCanGo() throws Exception {
    WeakReference<ClassLoader> loader = copyOfOtherLoader();

    Memory.awaitCollected("the class loader", loader);
    assertThat(copier.apply(new Tag())).isNotNull();
  }

  private WeakReference<ClassLoader> copyOfOtherLoader() throws Exception {
    ClassLoader loader = new OwnLoader(GraphNodes.class.getName());
    Class<?> type = loader.loadClass(GraphNodes.Plain.class.getName());
    Constructor<?> constructor = type.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    ValueCopier<Object> others = new ValueCopier<>("users", loader);
    for (int i = 0; i < 1_000; i++) {
      Object original = constructor.newInstance(i);
      assertThat(original.getClass().getClassLoader()).isSameAs(loader);
      assertThat(others.apply(original)).hasToString("Plain" + i);
      assertThat(copier.apply(original)).hasToString("Plain" + i);
    }
    return new WeakReference<>(loader);
  }

  private static byte[] bytesOf(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
      return in.readAllBytes();
    }
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
        ValueCopierTest.class.getClassLoader(), faces, new Handler("handled"));
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
