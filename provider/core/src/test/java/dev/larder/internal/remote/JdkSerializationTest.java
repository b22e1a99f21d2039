package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdkSerializationTest {
  /** What attacks take must be too short to notice; the rest is for a busy machine. */
  private static final Duration QUICKLY = Duration.ofSeconds(5);

  private final JdkSerialization serialization = serialization();

  private static JdkSerialization serialization(Class<?>... declared) {
    return new JdkSerialization(
        "c", JdkSerializationTest.class.getClassLoader(), List.of(declared), List.of());
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private void assertRefusedQuickly(byte[] bytes) {
    assertTimeoutPreemptively(
        QUICKLY,
        () ->
            assertThatThrownBy(() -> serialization.read(bytes, 0))
                .isInstanceOf(UndecodableException.class));
  }

  // ---- what everyone can read -----------------------------------------------------------------

  @SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // what applications have, old types too
  static Stream<Object> jdkValues() {
    Map<String, List<Integer>> nested = new HashMap<>();
    nested.put("a", new ArrayList<>(List.of(1, 2)));
    nested.put("b", new LinkedList<>(List.of(3)));
    return Stream.of(
        "text",
        true,
        'c',
        (byte) 1,
        (short) 1,
        1,
        1L,
        1f,
        1d,
        new BigDecimal("1.00"),
        BigInteger.TEN,
        new UUID(1, 2),
        URI.create("memory:x"),
        new Date(0),
        Currency.getInstance("EUR"),
        Locale.GERMANY,
        new ArrayList<>(List.of("a")),
        new LinkedList<>(List.of("a")),
        new Vector<>(List.of("a")),
        new CopyOnWriteArrayList<>(List.of("a")),
        new HashSet<>(Set.of("a", "b")),
        new TreeSet<>(Set.of("a", "b")),
        new TreeSet<>(Collections.reverseOrder()),
        new LinkedHashMap<>(Map.of("a", 1)),
        new TreeMap<>(Map.of("a", 1)),
        new Hashtable<>(Map.of("a", 1)),
        new ConcurrentHashMap<>(Map.of("a", 1)),
        new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
        EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS),
        BitSet.valueOf(new long[] {5}),
        new AbstractMap.SimpleEntry<>("a", 1),
        nested,
        Arrays.asList("a", null),
        List.of(),
        List.of(1),
        List.of(1, 2, 3),
        Set.of("a"),
        Map.of("a", List.of(Map.of())),
        Collections.unmodifiableList(new ArrayList<>(List.of(1))),
        Collections.emptyMap(),
        Collections.singletonList(1),
        int.class,
        Instant.EPOCH,
        LocalDate.of(2026, 11, 22),
        ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin")),
        Duration.ofMillis(3),
        DayOfWeek.MONDAY,
        TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @MethodSource("jdkValues")
  void row74AnotherJvmReadsValuesOfTheJdk(Object value) throws Exception {
    assertThat(serialization().read(serialization.write(value), 0)).isEqualTo(value);
  }

  static Stream<Object> arrays() {
    return Stream.of(
        new byte[100_000],
        new int[0],
        new long[][] {{1}, {2, 3}},
        new String[] {"a", null},
        new Object[] {1, "b", new double[] {1}},
        new LocalDate[] {LocalDate.EPOCH});
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void anotherJvmReadsArraysOfTheJdk(Object array) throws Exception {
    Object read = serialization().read(serialization.write(array), 0);

    assertThat(Arrays.deepEquals(new Object[] {read}, new Object[] {array})).isTrue();
  }

  @Test
  void bigCollectionsAreReadBack() throws Exception {
    Set<Integer> set = IntStream.range(0, 100_000).boxed().collect(Collectors.toSet());
    Map<String, Integer> map = new HashMap<>(100_000);
    map.put("a", 1);
    ArrayDeque<Integer> deque = new ArrayDeque<>(100_000);
    deque.add(1);
    ArrayList<Object> all = new ArrayList<>(List.of(set, map, new ArrayList<>(set)));

    assertThat(serialization().read(serialization.write(all), 0)).isEqualTo(all);
    assertThat(List.copyOf((ArrayDeque<?>) serialization().read(serialization.write(deque), 0)))
        .isEqualTo(List.of(1));
  }

  // ---- classes of the application -------------------------------------------------------------

  private record Point(int x, List<Colour> colours) implements Serializable {}

  /** Is written as an object of another class, as many classes of applications are. */
  private static final class Money implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private final int cents;

    Money(int cents) {
      this.cents = cents;
    }

    @Serial
    private Object writeReplace() {
      return new Written(cents);
    }

    private record Written(int cents) implements Serializable {
      @Serial
      private Object readResolve() {
        return new Money(cents);
      }
    }
  }

  private enum Colour {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "grass";
      }
    }
  }

  private static final Point POINT = new Point(1, List.of(Colour.RED, Colour.GREEN));

  @Test
  void row74WhatThisJvmWroteIsReadBack() throws Exception {
    assertThat(serialization.read(serialization.write(POINT), 0)).isEqualTo(POINT);
  }

  @Test
  void row75WhatThisJvmWroteAsSomethingElseIsReadBack() throws Exception {
    Money money = (Money) serialization.read(serialization.write(new Money(5)), 0);

    assertThat(money.cents).isEqualTo(5);
  }

  @Test
  void classThatThisJvmHasNotWrittenIsRefused() {
    byte[] written = serialization().write(POINT);

    assertThatThrownBy(() -> serialization.read(written, 0))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void oneCacheDoesNotReadTheClassesOfAnother() {
    serialization().write(Colour.RED);

    assertThatThrownBy(() -> serialization.read(serialized(Colour.RED), 0))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void declaredTypeIsRead() throws Exception {
    assertThat(serialization(Colour.class).read(serialized(Colour.RED), 0)).isEqualTo(Colour.RED);
  }

  @Test
  void writtenClassIsReadEvenIfOthersWroteIt() throws Exception {
    serialization.write(Colour.GREEN);

    assertThat(serialization.read(serialized(Colour.RED), 0)).isEqualTo(Colour.RED);
  }

  @Test
  void writtenArrayOfAnInterfaceIsRead() throws Exception {
    Serializable[][] array = {{"a", 1}};

    assertThat(serialization().read(serialization.write(array), 0)).isEqualTo(array);
  }

  @Test
  void writtenArrayOfAClassIsReadThoughItIsEmpty() throws Exception {
    assertThat(serialization.read(serialization.write(new Money[0]), 0)).isEqualTo(new Money[0]);
  }

  @Test
  void row66MissingClassIsUndecodable() throws Exception {
    String bytes = new String(serialized(Colour.RED), ISO_8859_1).replace("Colour", "Coloor");

    assertThatThrownBy(() -> serialization.read(bytes.getBytes(ISO_8859_1), 0))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void row66ChangedClassIsUndecodable() throws Exception {
    String written = new String(serialized(new Decoys()), ISO_8859_1);
    String ofAnotherVersion = written.replace("\0\0\0\0\0\0\0\1", "\0\0\0\0\0\0\0\2");

    assertThat(ofAnotherVersion).isNotEqualTo(written);
    assertThatThrownBy(
            () -> serialization(Decoys.class).read(ofAnotherVersion.getBytes(ISO_8859_1), 0))
        .isInstanceOf(UndecodableException.class)
        .hasRootCauseInstanceOf(InvalidClassException.class);
  }

  @Test
  void row74LambdaIsReadWhereItWasWrittenAndNowhereElse() throws Exception {
    Supplier<String> lambda = (Supplier<String> & Serializable) () -> "called";

    assertThat(serialization.read(serialization.write(lambda), 0))
        .isInstanceOfSatisfying(Supplier.class, read -> assertThat(read.get()).isEqualTo("called"));
    assertThatThrownBy(() -> serialization(Supplier.class).read(serialized(lambda), 0))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContaining("SerializedLambda");
  }

  @Test
  void row74ProxyIsRefused() throws Exception {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Comparator.class}, new Handler());

    assertThatThrownBy(() -> serialization(Handler.class).read(serialized(proxy), 0))
        .isInstanceOf(UndecodableException.class);
  }

  @Test
  void row74ProxyIsRefusedWhenItIsWritten() {
    Object proxy =
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Comparator.class}, new Handler());

    assertThatThrownBy(() -> serialization.write(new ArrayList<>(List.of(proxy))))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("prox");
  }

  private static final class Handler implements java.lang.reflect.InvocationHandler, Serializable {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
      return 0;
    }
  }

  // ---- attacks --------------------------------------------------------------------------------

  /** Set by the initializer of {@link Canary}; stands apart, for a look would initialize it. */
  private static volatile boolean canarySang;

  /** Is never mentioned by code that runs, only by bytes; its name is as long as the decoy's. */
  private static final class Canary implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    static {
      canarySang = true;
    }
  }

  private static final class Decoys implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
  }

  private static byte[] canaryBytes() throws IOException {
    String decoy = new String(serialized(new Decoys()), ISO_8859_1);
    return decoy.replace("$Decoys", "$Canary").getBytes(ISO_8859_1);
  }

  @Test
  void row71ForbiddenClassIsNotEvenInitialized() throws Exception {
    assertThatThrownBy(() -> serialization.read(canaryBytes(), 0))
        .isInstanceOf(UndecodableException.class);
    assertThat(canarySang).isFalse();

    Object sung = serialization(Canary.class).read(canaryBytes(), 0);

    assertThat(sung.getClass().getSimpleName()).isEqualTo("Canary");
    assertThat(canarySang).isTrue();
  }

  @Test
  void row72CollectionsThatShareTheirPartsAreRefusedBeforeTheyAreHashed() throws Exception {
    List<Object> inner = new ArrayList<>(List.of("leaf"));
    for (int level = 0; level < 15; level++) {
      List<Object> outer = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        outer.add(inner);
      }
      inner = outer;
    }
    // A set hashes what it contains when it is made, so the attack is put together afterwards.
    Set<Object> set = new HashSet<>();
    List<Object> empty = new ArrayList<>();
    set.add(empty);
    empty.addAll(inner);

    byte[] bytes = serialized(set);
    assertThat(bytes.length).isLessThan(1_000);
    assertRefusedQuickly(bytes);
  }

  @Test
  void row72ManyMapsWithTheSameLargeKeyAreRefused() throws Exception {
    List<Object> key = new ArrayList<>();
    List<Object> maps = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      maps.add(new HashMap<>(Map.of(key, i)));
    }
    IntStream.range(0, 10_000).forEach(key::add);

    assertRefusedQuickly(serialized(maps));
  }

  @Test
  void sharedPartsAreReadWhereTheyAreFew() throws Exception {
    List<String> shared = new ArrayList<>(List.of("a", "b"));
    Object value = new ArrayList<>(List.of(shared, shared, new HashSet<>(Set.of(shared))));

    assertThat(serialization().read(serialized(value), 0)).isEqualTo(value);
  }

  @Test
  void forbiddenClassInsideAnAllowedOneIsRefused() throws Exception {
    List<Object> list = new ArrayList<>(List.of(POINT));

    assertThatThrownBy(() -> serialization.read(serialized(list), 0))
        .isInstanceOf(UndecodableException.class);
    assertThatThrownBy(() -> serialization.read(serialized(new Point[0]), 0))
        .isInstanceOf(UndecodableException.class);
  }

  /** Sets in sets, whose hash codes take two to the power of the depth steps. */
  @ParameterizedTest
  @ValueSource(ints = {24, 100})
  void row72NestedSetsAreRefusedQuickly(int depth) throws Exception {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int i = 0; i < depth; i++) {
      Set<Object> nextLeft = new HashSet<>();
      Set<Object> nextRight = new HashSet<>();
      nextLeft.add("foo");
      left.add(nextLeft);
      left.add(nextRight);
      right.add(nextLeft);
      right.add(nextRight);
      left = nextLeft;
      right = nextRight;
    }

    assertRefusedQuickly(serialized(root));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE - 15, Integer.MAX_VALUE, 1 << 24, -1})
  void row72ForgedArrayLengthIsRefusedQuickly(int length) throws Exception {
    byte[] bytes = serialized(new byte[10]);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 14, length);

    assertRefusedQuickly(bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE - 15, Integer.MAX_VALUE, 1 << 24, -1})
  void row72ForgedCollectionSizeIsRefusedQuickly(int size) throws Exception {
    Map<Object, Integer> sizeFromEnd =
        Map.of(new ArrayList<>(), 11, Set.of(), 6, new HashMap<>(), 5);
    for (Map.Entry<Object, Integer> empty : sizeFromEnd.entrySet()) {
      byte[] bytes = serialized(empty.getKey());
      ByteBuffer.wrap(bytes).putInt(bytes.length - empty.getValue(), size);

      assertRefusedQuickly(bytes);
    }
  }

  @Test
  void truncationsAreUndecodable() throws Exception {
    byte[] whole = serialized(new ArrayList<>(List.of("a", 1, LocalDate.EPOCH)));

    for (int length = 0; length < whole.length; length++) {
      assertRefusedQuickly(Arrays.copyOf(whole, length));
    }
  }

  @Test
  void nullIsNoValue() throws Exception {
    assertRefusedQuickly(serialized(null));
  }

  @Test
  void bytesBehindTheObjectAreRefused() throws Exception {
    byte[] bytes = serialized("a");

    assertRefusedQuickly(Arrays.copyOf(bytes, bytes.length + 1));
  }

  // ---- what cannot be written -----------------------------------------------------------------

  @Test
  void whatIsNotSerializableIsRefusedByName() {
    assertThatThrownBy(() -> serialization.write(new ArrayList<>(List.of(new Object()))))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'c'")
        .hasMessageContaining("java.lang.Object is not Serializable");
  }

  /** Row 63 and its like: nothing may be stored that is missing when it is read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 18, 19, 20, 21, 22, 40})
  void whatIsWrittenCanBeReadHoweverDeep(int depth) throws Exception {
    Object deep = new BigDecimal("1.5");
    for (int i = 0; i < depth; i++) {
      deep = new ArrayList<>(List.of(deep));
    }
    Object value = deep;

    if (depth > 17) { // a BigDecimal is three objects within each other
      assertThatThrownBy(() -> serialization.write(value))
          .isInstanceOf(CacheException.class)
          .hasMessageContainingAll(
              "'c'", "java.util.ArrayList", "nested deeper than 20 objects", "serializer");
    } else {
      assertThat(serialization.read(serialization.write(value), 0)).isEqualTo(value);
    }
  }

  @Test
  void moreReferencesThanCanBeReadAreRefusedWhenWritten() {
    assertThatThrownBy(() -> serialization.write(Collections.nCopies(1_000_001, 7).toArray()))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("java.lang.Object", "more than 1000000 references", "serializer");
  }

  // ---- configured patterns --------------------------------------------------------------------

  private static JdkSerialization restricted(String... patterns) {
    return new JdkSerialization(
        "c", JdkSerializationTest.class.getClassLoader(), List.of(), List.of(patterns));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.larder.internal.remote.JdkSerializationTest$Colour",
        "dev.larder.internal.remote.*",
        "dev.larder.internal.**",
        "dev.**"
      })
  void configuredClassesAreWrittenAndRead(String pattern) throws Exception {
    assertThat(restricted(pattern).read(serialized(Colour.RED), 0)).isEqualTo(Colour.RED);
    assertThat(restricted(pattern).write(Colour.RED)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dev.larder.internal.remote.Jdk", "dev.*", "dev.larder.internal.*", "a.**"})
  void otherClassesAreRefusedWhenWrittenAndWhenRead(String pattern) {
    assertThatThrownBy(() -> restricted(pattern).write(Colour.RED))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("'c'", Colour.class.getName(), "allowedClasses");
    assertThatThrownBy(() -> restricted(pattern).write(new ArrayList<>(List.of(Colour.RED))))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("'c'", Colour.class.getName(), "allowedClasses");
    assertThatThrownBy(() -> restricted(pattern).read(serialized(Colour.RED), 0))
        .isInstanceOf(UndecodableException.class)
        .hasMessageContainingAll(Colour.class.getName(), "allowedClasses");
  }

  @Test
  void valuesOfTheJdkNeedNoPattern() throws Exception {
    JdkSerialization restricted = restricted("a.**");

    assertThat(restricted.read(restricted.write(new ArrayList<>(List.of(1))), 0))
        .isEqualTo(List.of(1));
  }

  @Test
  void whatIsTooDeepForTheStackIsRefused() {
    List<Object> deep = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      deep = new ArrayList<>(Collections.singletonList(deep));
    }
    List<Object> tooDeep = deep;

    assertThatThrownBy(() -> serialization.write(tooDeep)).isInstanceOf(CacheException.class);
  }
}
