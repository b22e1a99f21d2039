package dev.larder.tck.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.larder.BackendException;
import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import dev.larder.spi.Ttl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link RemoteStore} must do. Extend it, and say how to open a store.
 *
 * <p>The keys of a test begin with letters of its own, so the server may hold other data, which the
 * tests leave alone.
 */
@Timeout(120)
public abstract class RemoteStoreContract {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final long PATIENCE_SECONDS = 30;
  private static final int THREADS = 8;
  private static final long SHORT = 1_000;
  private static final long LONG = 600_000;
  private static final byte[] ONE = bytes("one");
  private static final byte[] TWO = bytes("two");
  private static final Stored NEVER_STORED = new Stored(bytes("never stored"), 1L << 62);

  private final String start =
      "contract-%d-%d:".formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet());
  private RemoteStore store;
  private RemoteStore other;

  /** Called by JUnit. */
  protected RemoteStoreContract() {}

  /** Opens a store; all that one object of the class opens share their data. */
  protected abstract RemoteStore open();

  /**
   * Lets time pass for what is stored. Unless overridden, this waits until the store itself has let
   * a value of that age expire.
   */
  protected void elapse(Duration time) {
    byte[] probe = key("probe");
    await(store.put(probe, ONE, time.toMillis(), time.toMillis()));
    waitUntil(() -> !await(store.contains(probe)));
  }

  @BeforeEach
  final void openStores() {
    store = open();
    other = open();
  }

  @AfterEach
  final void closeStores() {
    await(store.clear(bytes(start)));
    store.close();
    other.close();
  }

  // ---- single values --------------------------------------------------------------------------

  @Test
  void getFindsNothingWhereThereIsNothing() {
    assertThat(await(store.get(key("k")))).isNull();
  }

  @Test
  void getFindsWhatWasPut() {
    await(store.put(key("k"), ONE, Ttl.FOREVER, Ttl.FOREVER));

    assertThat(value("k")).isEqualTo(ONE);
  }

  @Test
  void putReplaces() {
    put("k", ONE);
    put("k", TWO);

    assertThat(value("k")).isEqualTo(TWO);
  }

  @Test
  void oneStoreFindsWhatAnotherPut() {
    put("k", ONE);

    assertThat(bytesOf(await(other.get(key("k"))))).isEqualTo(ONE);
  }

  @Test
  void containsTellsPresentFromAbsent() {
    put("k", ONE);

    assertThat(await(store.contains(key("k")))).isTrue();
    assertThat(await(store.contains(key("absent")))).isFalse();
  }

  @Test
  void getAndTouchReturnsTheValue() {
    put("k", ONE);

    assertThat(bytesOf(await(store.getAndTouch(key("k"), LONG)))).isEqualTo(ONE);
    assertThat(await(store.getAndTouch(key("absent"), LONG))).isNull();
  }

  @Test
  void getAndPutReturnsWhatItReplaced() {
    assertThat(await(store.getAndPut(key("k"), ONE, Ttl.FOREVER, Ttl.FOREVER))).isNull();
    assertThat(bytesOf(await(store.getAndPut(key("k"), TWO, Ttl.FOREVER, Ttl.FOREVER))))
        .isEqualTo(ONE);
    assertThat(value("k")).isEqualTo(TWO);
  }

  @Test
  void putIfAbsentStoresOnlyWhereThereIsNothing() {
    assertThat(await(store.putIfAbsent(key("k"), ONE, Ttl.FOREVER))).isTrue();
    assertThat(await(store.putIfAbsent(key("k"), TWO, Ttl.FOREVER))).isFalse();
    assertThat(value("k")).isEqualTo(ONE);
  }

  @Test
  void replaceStoresOnlyWhereThereIsSomething() {
    assertThat(await(store.replace(key("k"), ONE, Ttl.FOREVER))).isFalse();
    assertThat(value("k")).isNull();
    put("k", ONE);

    assertThat(await(store.replace(key("k"), TWO, Ttl.FOREVER))).isTrue();
    assertThat(value("k")).isEqualTo(TWO);
  }

  @Test
  void getAndReplaceReturnsWhatItReplaced() {
    assertThat(await(store.getAndReplace(key("k"), ONE, Ttl.FOREVER))).isNull();
    assertThat(value("k")).isNull();
    put("k", ONE);

    assertThat(bytesOf(await(store.getAndReplace(key("k"), TWO, Ttl.FOREVER)))).isEqualTo(ONE);
    assertThat(value("k")).isEqualTo(TWO);
  }

  @Test
  void removeSaysWhetherThereWasSomething() {
    put("k", ONE);

    assertThat(await(store.remove(key("k")))).isTrue();
    assertThat(await(store.remove(key("k")))).isFalse();
    assertThat(value("k")).isNull();
  }

  @Test
  void getAndRemoveReturnsWhatItRemoved() {
    put("k", ONE);

    assertThat(bytesOf(await(store.getAndRemove(key("k"))))).isEqualTo(ONE);
    assertThat(await(store.getAndRemove(key("k")))).isNull();
    assertThat(value("k")).isNull();
  }

  @Test
  void touchSaysWhetherThereIsSomething() {
    put("k", ONE);

    for (long ttl : new long[] {LONG, Ttl.FOREVER, Ttl.KEEP}) {
      assertThat(await(store.touch(key("k"), ttl))).as("present, %d", ttl).isTrue();
      assertThat(await(store.touch(key("absent"), ttl))).as("absent, %d", ttl).isFalse();
    }
  }

  // ---- compare and set ------------------------------------------------------------------------

  @Test
  void compareAndSetReplacesWhatWasRead() {
    put("k", ONE);

    assertThat(await(store.compareAndSet(key("k"), seen("k"), TWO, Ttl.FOREVER))).isTrue();
    assertThat(value("k")).isEqualTo(TWO);
  }

  @Test
  void compareAndSetRemovesWhatWasRead() {
    put("k", ONE);

    assertThat(await(store.compareAndSet(key("k"), seen("k"), null, Ttl.NONE))).isTrue();
    assertThat(await(store.contains(key("k")))).isFalse();
  }

  @Test
  void compareAndSetLeavesAnotherValueAlone() {
    put("k", ONE);
    Stored before = seen("k");
    put("k", TWO);

    assertThat(await(store.compareAndSet(key("k"), before, ONE, Ttl.FOREVER))).isFalse();
    assertThat(await(store.compareAndSet(key("k"), before, null, Ttl.NONE))).isFalse();
    assertThat(value("k")).isEqualTo(TWO);
  }

  @Test
  void compareAndSetLeavesNothingAlone() {
    put("k", ONE);
    Stored before = seen("k");
    await(store.remove(key("k")));

    assertThat(await(store.compareAndSet(key("k"), before, TWO, Ttl.FOREVER))).isFalse();
    assertThat(await(store.compareAndSet(key("k"), NEVER_STORED, TWO, Ttl.FOREVER))).isFalse();
    assertThat(value("k")).isNull();
  }

  @TestFactory
  Stream<DynamicTest> compareAndSetKnowsWhatEveryReadReturned() {
    Map<String, Function<byte[], @Nullable Stored>> reads = new LinkedHashMap<>();
    reads.put("getAndTouch", key -> await(store.getAndTouch(key, LONG)));
    reads.put("getAll", key -> await(store.getAll(List.of(key))).get(0));
    reads.put("get by another store", key -> await(other.get(key)));
    return reads.entrySet().stream()
        .map(
            read ->
                dynamicTest(
                    read.getKey(),
                    () -> {
                      put("k", ONE);
                      Stored seen = requireNonNull(read.getValue().apply(key("k")));
                      assertThat(await(store.compareAndSet(key("k"), seen, TWO, Ttl.FOREVER)))
                          .isTrue();
                    }));
  }

  @TestFactory
  Stream<DynamicTest> compareAndSetLooksAtEveryByte() {
    return IntStream.of(1, 16, 1_023, 1_024, 1_025, 100_000)
        .mapToObj(
            length ->
                dynamicTest(
                    length + " bytes",
                    () -> {
                      byte[] value = new byte[length];
                      put("k", value);
                      Stored before = seen("k");
                      byte[] changed = value.clone();
                      changed[length - 1] ^= 1;
                      put("k", changed);
                      assertThat(await(store.compareAndSet(key("k"), before, ONE, Ttl.FOREVER)))
                          .isFalse();
                      assertThat(await(store.compareAndSet(key("k"), seen("k"), ONE, Ttl.FOREVER)))
                          .isTrue();
                    }));
  }

  @Test
  void compareAndSetTellsPrefixesApart() {
    put("k", new byte[] {1});
    Stored before = seen("k");
    put("k", new byte[] {1, 0});

    assertThat(await(store.compareAndSet(key("k"), before, ONE, Ttl.FOREVER))).isFalse();
  }

  // ---- bytes ----------------------------------------------------------------------------------

  private static final Map<String, byte[]> ODD =
      Map.ofEntries(
          Map.entry("NUL", new byte[] {0}),
          Map.entry("CR LF", bytes("\r\n")),
          Map.entry("an injected command", bytes("x\r\nFLUSHALL\r\n$-1\r\n")),
          Map.entry("blanks", bytes(" \t ")),
          Map.entry("0xff", new byte[] {-1, -2, -1}),
          Map.entry("half a UTF-8 sequence", new byte[] {(byte) 0xc3}),
          Map.entry("quotes and braces", bytes("{\"'}[\\]")),
          Map.entry("a number", bytes("42")),
          Map.entry("all bytes", allBytes()));

  @TestFactory
  Stream<DynamicTest> valuesAreAnyBytes() {
    return withEmpty().entrySet().stream()
        .map(
            odd ->
                dynamicTest(
                    odd.getKey(),
                    () -> {
                      put("k", odd.getValue());
                      assertThat(value("k")).isEqualTo(odd.getValue());
                      assertThat(bytesOf(await(store.getAll(List.of(key("k")))).get(0)))
                          .isEqualTo(odd.getValue());
                      assertThat(await(store.compareAndSet(key("k"), seen("k"), ONE, Ttl.KEEP)))
                          .isTrue();
                      assertThat(
                              await(store.compareAndSet(key("k"), seen("k"), odd.getValue(), LONG)))
                          .isTrue();
                      assertThat(bytesOf(await(store.getAndRemove(key("k")))))
                          .isEqualTo(odd.getValue());
                    }));
  }

  @Test
  void keysAreAnyBytes() {
    Map<String, byte[]> odd = withEmpty();
    odd.forEach((name, key) -> await(store.put(key(key), bytes(name), Ttl.FOREVER, Ttl.FOREVER)));

    odd.forEach((name, key) -> assertThat(value(key(key))).as(name).isEqualTo(bytes(name)));
    assertThat(scanned(bytes(start)))
        .containsExactlyInAnyOrderElementsOf(
            odd.values().stream().map(key -> hex(key(key))).toList());
    odd.forEach((name, key) -> assertThat(await(store.remove(key(key)))).as(name).isTrue());
  }

  // ---- several values -------------------------------------------------------------------------

  @Test
  void bulkOperationsTakeNothing() {
    assertThat(await(store.getAll(List.of()))).isEmpty();
    assertThat(await(store.putAll(List.of(), Ttl.FOREVER, Ttl.FOREVER))).isNull();
    assertThat(await(store.removeAll(List.of()))).isZero();
  }

  @Test
  void getAllKeepsTheOrderOfTheKeys() {
    put("1", ONE);
    put("2", TWO);

    List<@Nullable Stored> found =
        await(store.getAll(List.of(key("2"), key("absent"), key("1"), key("2"))));

    assertThat(found.stream().map(RemoteStoreContract::bytesOf))
        .containsExactly(TWO, null, ONE, TWO);
  }

  @Test
  void tenThousandValuesGoAndComeTogether() {
    List<byte[]> keys = numbered("k", 10_000);
    List<RemoteStore.Item> items =
        keys.stream().map(key -> new RemoteStore.Item(key, key)).toList();
    List<byte[]> everySecond = IntStream.range(0, 5_000).mapToObj(i -> keys.get(2 * i)).toList();

    await(store.putAll(items, Ttl.FOREVER, Ttl.FOREVER));
    assertThat(await(store.getAll(keys)).stream().map(RemoteStoreContract::bytesOf))
        .containsExactlyElementsOf(keys);
    assertThat(await(store.removeAll(everySecond))).isEqualTo(5_000);

    assertThat(await(store.removeAll(keys))).isEqualTo(5_000);
    assertThat(await(store.getAll(keys))).containsOnlyNulls().hasSize(10_000);
  }

  // ---- time to live ---------------------------------------------------------------------------

  /** What an entry's life is set by, and whether it still lives a moment and a while later. */
  private record Life(String name, Function<byte[], CompletionStage<?>> set, End end) {}

  private enum End {
    AT_ONCE,
    SOON,
    LATE
  }

  private List<Life> lives() {
    List<Life> lives = new ArrayList<>();
    lives.addAll(livesOfNewEntries());
    for (Map.Entry<Long, End> ttl :
        Map.of(SHORT, End.SOON, LONG, End.LATE, Ttl.FOREVER, End.LATE, Ttl.NONE, End.AT_ONCE)
            .entrySet()) {
      lives.addAll(livesOfOldEntries(ttl.getKey(), LONG, ttl.getValue()));
    }
    lives.addAll(livesOfOldEntries(SHORT, Ttl.FOREVER, End.SOON));
    lives.addAll(livesOfOldEntries(Ttl.KEEP, SHORT, End.SOON));
    lives.addAll(livesOfOldEntries(Ttl.KEEP, LONG, End.LATE));
    lives.addAll(livesOfOldEntries(Ttl.KEEP, Ttl.FOREVER, End.LATE));
    return lives;
  }

  private List<Life> livesOfNewEntries() {
    List<Life> lives = new ArrayList<>();
    Map<Long, End> ends =
        Map.of(
            SHORT,
            End.SOON,
            LONG,
            End.LATE,
            Long.MAX_VALUE - 1,
            End.LATE,
            Ttl.FOREVER,
            End.LATE,
            Ttl.KEEP,
            End.LATE,
            Ttl.NONE,
            End.AT_ONCE);
    ends.forEach(
        (ttl, end) -> {
          BiFunction<String, Function<byte[], CompletionStage<?>>, Life> life =
              (name, set) -> new Life("new, %s(%s)".formatted(name, name(ttl)), set, end);
          lives.add(life.apply("put", key -> store.put(key, ONE, ttl, otherThan(ttl))));
          lives.add(life.apply("getAndPut", key -> store.getAndPut(key, ONE, ttl, otherThan(ttl))));
          lives.add(
              life.apply(
                  "putAll",
                  key ->
                      store.putAll(List.of(new RemoteStore.Item(key, ONE)), ttl, otherThan(ttl))));
          lives.add(life.apply("put alike", key -> store.put(key, ONE, ttl, ttl)));
          lives.add(life.apply("getAndPut alike", key -> store.getAndPut(key, ONE, ttl, ttl)));
          lives.add(life.apply("putIfAbsent", key -> store.putIfAbsent(key, ONE, ttl)));
        });
    return lives;
  }

  /** Returns a time to live that must not be the one that counts. */
  private static long otherThan(long ttl) {
    return ttl == LONG || ttl == Ttl.FOREVER ? SHORT : LONG;
  }

  private List<Life> livesOfOldEntries(long ttl, long ttlBefore, End end) {
    Map<String, Function<byte[], CompletionStage<?>>> changes = new LinkedHashMap<>();
    changes.put("put", key -> store.put(key, TWO, otherThan(ttl), ttl));
    changes.put("getAndPut", key -> store.getAndPut(key, TWO, otherThan(ttl), ttl));
    changes.put(
        "putAll",
        key -> store.putAll(List.of(new RemoteStore.Item(key, TWO)), otherThan(ttl), ttl));
    changes.put("replace", key -> store.replace(key, TWO, ttl));
    changes.put("getAndReplace", key -> store.getAndReplace(key, TWO, ttl));
    changes.put("touch", key -> store.touch(key, ttl));
    changes.put("getAndTouch", key -> store.getAndTouch(key, ttl));
    changes.put(
        "compareAndSet",
        key ->
            store
                .get(key)
                .thenCompose(seen -> store.compareAndSet(key, requireNonNull(seen), TWO, ttl)));
    List<Life> lives = new ArrayList<>();
    changes.forEach(
        (name, change) ->
            lives.add(
                new Life(
                    "old with %s, %s(%s)".formatted(name(ttlBefore), name, name(ttl)),
                    key ->
                        store
                            .put(key, ONE, ttlBefore, ttlBefore)
                            .thenCompose(done -> change.apply(key)),
                    end)));
    return lives;
  }

  private static String name(long ttl) {
    if (ttl == Ttl.KEEP) {
      return "KEEP";
    }
    return ttl == Ttl.FOREVER ? "FOREVER" : ttl + " ms";
  }

  @TestFactory
  Stream<DynamicTest> entriesLiveAsLongAsTheyShould() {
    List<Life> lives = lives();
    Map<Life, @Nullable Throwable> failures = new LinkedHashMap<>();
    lives.forEach(life -> failures.put(life, failureOf(life.set().apply(key(life.name())))));
    List<Boolean> atFirst = presence(lives);
    elapse(Duration.ofMillis(SHORT));
    List<Boolean> later = presence(lives);
    return IntStream.range(0, lives.size())
        .mapToObj(
            i ->
                dynamicTest(
                    lives.get(i).name() + " ends " + lives.get(i).end(),
                    () -> {
                      assertThat(failures.get(lives.get(i))).isNull();
                      assertThat(later.get(i)).isEqualTo(lives.get(i).end() == End.LATE);
                      if (lives.get(i).end() != End.SOON) {
                        assertThat(atFirst.get(i)).isEqualTo(lives.get(i).end() == End.LATE);
                      }
                    }));
  }

  private List<Boolean> presence(List<Life> lives) {
    return lives.stream().map(life -> await(store.contains(key(life.name())))).toList();
  }

  @TestFactory
  Stream<DynamicTest> whatHasExpiredIsGoneForEveryone() {
    List<byte[]> keys = numbered("k", 8);
    keys.forEach(key -> await(store.put(key, ONE, SHORT, SHORT)));
    Stored before = new Stored(ONE, 0);
    elapse(Duration.ofMillis(SHORT));
    return Stream.of(
        dynamicTest("get", () -> assertThat(await(store.get(keys.get(0)))).isNull()),
        dynamicTest("getAll", () -> assertThat(await(store.getAll(keys))).containsOnlyNulls()),
        dynamicTest("scan", () -> assertThat(scanned(key("k"))).isEmpty()),
        dynamicTest("touch", () -> assertThat(await(store.touch(keys.get(1), LONG))).isFalse()),
        dynamicTest("remove", () -> assertThat(await(store.remove(keys.get(2)))).isFalse()),
        dynamicTest(
            "replace", () -> assertThat(await(store.replace(keys.get(3), TWO, LONG))).isFalse()),
        dynamicTest(
            "getAndPut",
            () -> assertThat(await(store.getAndPut(keys.get(4), TWO, LONG, LONG))).isNull()),
        dynamicTest(
            "putIfAbsent",
            () -> assertThat(await(store.putIfAbsent(keys.get(5), TWO, LONG))).isTrue()),
        dynamicTest(
            "compareAndSet",
            () -> assertThat(await(store.compareAndSet(keys.get(6), before, TWO, LONG))).isFalse()),
        dynamicTest(
            "removeAll", () -> assertThat(await(store.removeAll(keys.subList(7, 8)))).isZero()));
  }

  // ---- atomicity ------------------------------------------------------------------------------

  private RemoteStore storeOf(int thread) {
    return thread % 2 == 0 ? store : other;
  }

  @Test
  void compareAndSetLosesNoUpdate() {
    int rounds = 100;
    put("k", bytes("0"));

    race(
        thread -> {
          RemoteStore mine = storeOf(thread);
          for (int done = 0; done < rounds; ) {
            Stored seen = requireNonNull(await(mine.get(key("k"))));
            byte[] next = bytes("" + (Long.parseLong(text(seen)) + 1));
            done += await(mine.compareAndSet(key("k"), seen, next, Ttl.KEEP)) ? 1 : 0;
          }
          return rounds;
        });

    assertThat(text(seen("k"))).isEqualTo("" + THREADS * rounds);
  }

  @Test
  void getAndPutReturnsEachValueOnce() {
    int rounds = 100;

    List<List<String>> replaced =
        race(
            thread -> {
              List<String> mine = new ArrayList<>();
              for (int i = 0; i < rounds; i++) {
                byte[] value = bytes(thread + "-" + i);
                Stored old =
                    await(storeOf(thread).getAndPut(key("k"), value, Ttl.FOREVER, Ttl.FOREVER));
                mine.add(old == null ? "nothing" : text(old));
              }
              return mine;
            });

    List<String> all = new ArrayList<>(replaced.stream().flatMap(List::stream).toList());
    all.add(text(seen("k")));
    assertThat(all).hasSize(THREADS * rounds + 1).doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> onlyOneOfManyWins() {
    Map<String, BiFunction<RemoteStore, byte[], Boolean>> attempts = new LinkedHashMap<>();
    attempts.put(
        "putIfAbsent",
        (mine, key) -> await(mine.putIfAbsent(bytes(text(key) + "new"), ONE, Ttl.FOREVER)));
    attempts.put("remove", (mine, key) -> await(mine.remove(key)));
    attempts.put("getAndRemove", (mine, key) -> await(mine.getAndRemove(key)) != null);
    attempts.put("removeAll", (mine, key) -> await(mine.removeAll(List.of(key))) == 1);
    attempts.put(
        "getAndTouch by NONE", (mine, key) -> await(mine.getAndTouch(key, Ttl.NONE)) != null);
    return attempts.entrySet().stream()
        .map(
            attempt ->
                dynamicTest(
                    attempt.getKey(),
                    () -> {
                      List<byte[]> keys = numbered("k", 50);
                      keys.forEach(key -> await(store.put(key, ONE, LONG, LONG)));
                      List<Long> wins =
                          race(
                              thread ->
                                  keys.stream()
                                      .filter(key -> attempt.getValue().apply(storeOf(thread), key))
                                      .count());
                      assertThat(wins.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
                    }));
  }

  @Test
  void onlyOneCompareAndSetOfTheSameValueWins() {
    List<byte[]> keys = numbered("k", 50);
    keys.forEach(key -> await(store.put(key, ONE, LONG, LONG)));
    List<@Nullable Stored> seen = await(store.getAll(keys));

    List<Long> wins =
        race(
            thread ->
                IntStream.range(0, 50)
                    .filter(
                        i ->
                            await(
                                storeOf(thread)
                                    .compareAndSet(
                                        keys.get(i),
                                        requireNonNull(seen.get(i)),
                                        bytes("by " + thread),
                                        Ttl.KEEP)))
                    .count());

    assertThat(wins.stream().mapToLong(Long::longValue).sum()).isEqualTo(50);
  }

  // ---- prefixes -------------------------------------------------------------------------------

  @Test
  void scanFindsAllOfManyKeys() {
    List<byte[]> keys = numbered("k", 6_000);
    putAll(keys);

    assertThat(scanned(key("k")))
        .containsExactlyInAnyOrderElementsOf(keys.stream().map(RemoteStoreContract::hex).toList());
  }

  @Test
  void scanFindsWhatStaysWhileOtherKeysComeAndGo() {
    List<byte[]> staying = numbered("stays", 3_000);
    putAll(staying);
    AtomicBoolean scanning = new AtomicBoolean(true);

    List<Set<String>> found =
        race(
            thread -> {
              if (thread == 0) {
                Set<String> keys = scanned(bytes(start));
                scanning.set(false);
                return keys;
              }
              for (int i = 0; scanning.get(); i++) {
                byte[] key = key("goes-" + thread + "-" + i % 500);
                if (i % 1_000 < 500) {
                  await(storeOf(thread).put(key, ONE, LONG, LONG));
                } else {
                  await(storeOf(thread).remove(key));
                }
              }
              return Set.of();
            });

    assertThat(found.get(0)).containsAll(staying.stream().map(RemoteStoreContract::hex).toList());
  }

  private static final List<String> PREFIXES =
      List.of(
          "a", "b", "ab", "aab", "a*", "*", "?", "a?b", "[ab]", "[^a]", "[a-z]", "^a", "-", "\\",
          "\\*", "a\\", "]", "[", "a:", "a:b:", "{a}", "\0", "\r\n", "%", "é", "e\u0301");

  @TestFactory
  Stream<DynamicTest> row83PrefixMeansItselfOnly() {
    return PREFIXES.stream()
        .map(
            prefix ->
                dynamicTest(
                    "'" + prefix + "'",
                    () -> {
                      List<byte[]> keys = PREFIXES.stream().map(p -> key(p + ":k")).toList();
                      putAll(keys);
                      Set<String> within = startingWith(key(prefix), keys);
                      assertThat(scanned(key(prefix))).isEqualTo(within);
                      await(store.clear(key(prefix)));
                      Set<String> outside = startingWith(key(""), keys);
                      outside.removeAll(within);
                      assertThat(scanned(key(""))).isEqualTo(outside);
                    }));
  }

  @Test
  void prefixIsAnyBytes() {
    byte[] prefix = key(new byte[] {-1, -1});
    putAll(List.of(key(new byte[] {-1}), prefix, key(new byte[] {-1, -1, 0}), key("\u00ff")));

    assertThat(scanned(prefix)).containsExactlyInAnyOrder(hex(prefix), hex(prefix) + "00");
  }

  @Test
  void clearRemovesManyKeysAndNoOther() {
    putAll(numbered("gone", 6_000));
    List<byte[]> staying = numbered("stays", 100);
    putAll(staying);

    await(store.clear(key("gone")));

    assertThat(scanned(bytes(start))).isEqualTo(startingWith(key("stays"), staying));
  }

  @Test
  void clearRemovesNothingWhereThereIsNothing() {
    put("k", ONE);

    await(store.clear(key("absent")));

    assertThat(value("k")).isEqualTo(ONE);
  }

  // ---- the end --------------------------------------------------------------------------------

  @TestFactory
  Stream<DynamicTest> closedStoreFails() {
    RemoteStore closed = open();
    closed.close();
    byte[] key = key("k");
    Stored seen = new Stored(ONE, 1);
    List<RemoteStore.Item> items = List.of(new RemoteStore.Item(key, ONE));
    Map<String, Function<RemoteStore, CompletionStage<?>>> calls = new LinkedHashMap<>();
    calls.put("get", s -> s.get(key));
    calls.put("getAndTouch", s -> s.getAndTouch(key, LONG));
    calls.put("getAll", s -> s.getAll(List.of(key)));
    calls.put("contains", s -> s.contains(key));
    calls.put("put", s -> s.put(key, ONE, LONG, LONG));
    calls.put("put, other TTL where there is one", s -> s.put(key, ONE, SHORT, LONG));
    calls.put("putAll", s -> s.putAll(items, LONG, LONG));
    calls.put("getAndPut", s -> s.getAndPut(key, ONE, LONG, LONG));
    calls.put("putIfAbsent", s -> s.putIfAbsent(key, ONE, LONG));
    calls.put("replace", s -> s.replace(key, ONE, LONG));
    calls.put("getAndReplace", s -> s.getAndReplace(key, ONE, LONG));
    calls.put("remove", s -> s.remove(key));
    calls.put("getAndRemove", s -> s.getAndRemove(key));
    calls.put("removeAll", s -> s.removeAll(List.of(key)));
    calls.put("compareAndSet", s -> s.compareAndSet(key, seen, ONE, LONG));
    calls.put("touch", s -> s.touch(key, LONG));
    calls.put("scan", s -> s.scan(key, null));
    calls.put("clear", s -> s.clear(key));
    return calls.entrySet().stream()
        .map(
            call ->
                dynamicTest(
                    call.getKey(),
                    () ->
                        assertThat(failureOf(call.getValue().apply(closed)))
                            .isInstanceOfSatisfying(
                                BackendException.class,
                                e -> assertThat(e.isOutcomeUnknown()).isFalse())));
  }

  @Test
  void oneClosedStoreLeavesAnotherOpen() {
    open().close();

    put("k", ONE);

    assertThat(value("k")).isEqualTo(ONE);
  }

  @Test
  void closingTwiceIsHarmless() {
    RemoteStore closed = open();
    closed.close();

    closed.close();

    assertThatThrownBy(() -> await(closed.get(key("k")))).isInstanceOf(BackendException.class);
  }

  // ---- helpers --------------------------------------------------------------------------------

  private void put(String key, byte[] value) {
    await(store.put(key(key), value, Ttl.FOREVER, Ttl.FOREVER));
  }

  private void putAll(List<byte[]> keys) {
    await(
        store.putAll(
            keys.stream().map(key -> new RemoteStore.Item(key, ONE)).toList(),
            Ttl.FOREVER,
            Ttl.FOREVER));
  }

  private byte @Nullable [] value(String key) {
    return value(key(key));
  }

  private byte @Nullable [] value(byte[] key) {
    return bytesOf(await(store.get(key)));
  }

  private Stored seen(String key) {
    return requireNonNull(await(store.get(key(key))));
  }

  private Set<String> scanned(byte[] prefix) {
    Set<String> found = new TreeSet<>();
    String cursor = null;
    do {
      RemoteStore.Page page = await(store.scan(prefix, cursor));
      page.keys().forEach(key -> found.add(hex(key)));
      cursor = page.cursor();
    } while (cursor != null);
    return found;
  }

  private static Set<String> startingWith(byte[] prefix, List<byte[]> keys) {
    Set<String> found = new TreeSet<>();
    keys.stream()
        .map(RemoteStoreContract::hex)
        .filter(key -> key.startsWith(hex(prefix)))
        .forEach(found::add);
    return found;
  }

  private byte[] key(String name) {
    return bytes(start + name);
  }

  private byte[] key(byte[] name) {
    byte[] key = Arrays.copyOf(bytes(start), start.length() + name.length);
    System.arraycopy(name, 0, key, start.length(), name.length);
    return key;
  }

  private List<byte[]> numbered(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> key(name + i)).toList();
  }

  private static Map<String, byte[]> withEmpty() {
    Map<String, byte[]> all = new LinkedHashMap<>(ODD);
    all.put("nothing", new byte[0]);
    return all;
  }

  private static byte[] allBytes() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    return all;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static String text(Stored stored) {
    return text(stored.value());
  }

  private static byte @Nullable [] bytesOf(@Nullable Stored stored) {
    return stored == null ? null : stored.value();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static @Nullable Throwable failureOf(CompletionStage<?> stage) {
    try {
      await(stage);
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    } catch (TimeoutException e) {
      throw new AssertionError("a stage was not completed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new AssertionError("nothing changed within " + PATIENCE_SECONDS + " seconds");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Runs a task on several threads that start together, and returns their results. */
  private static <T> List<T> race(IntFunction<T> task) {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<CompletableFuture<T>> results =
          IntStream.range(0, THREADS)
              .mapToObj(
                  thread ->
                      CompletableFuture.supplyAsync(
                          () -> {
                            meet(start);
                            return task.apply(thread);
                          },
                          executor))
              .toList();
      return results.stream().map(RemoteStoreContract::await).toList();
    } finally {
      executor.shutdownNow();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("the threads did not meet", e);
    }
  }
}
