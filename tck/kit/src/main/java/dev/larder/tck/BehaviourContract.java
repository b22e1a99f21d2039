package dev.larder.tck;

import static dev.larder.tck.AsyncContract.BRIEF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.async.AsyncCache;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What aiocache promises of the commands that a cache has on both its fronts. The tests are
 * numbered as in {@link CommandContract}, which has those of the asynchronous front alone.
 */
public abstract class BehaviourContract extends CacheContract {
  /** By which of its fronts a cache is called. */
  enum Front {
    /** {@code javax.cache.Cache}. */
    WAITING,
    /** {@link AsyncCache}. */
    ASYNCHRONOUS
  }

  private static final javax.cache.expiry.Duration BRIEFLY =
      new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, BRIEF.toMillis());

  private final Front front;
  private Commands<String, String> cache;

  BehaviourContract(Subject subject, Front front) {
    super(subject);
    this.front = front;
  }

  @BeforeEach
  final void openCache() {
    cache = open(String.class);
  }

  private <V> Commands<String, V> open(Class<V> type) {
    return commands(create(settings(String.class, type)));
  }

  private <K, V> Commands<K, V> commands(Cache<K, V> other) {
    return front == Front.WAITING ? Commands.of(other) : Commands.of(AsyncCache.of(other));
  }

  /** Opens a cache whose entries live for {@code BRIEF} from when they were last set. */
  private Commands<String, String> openBrief() {
    if (front == Front.ASYNCHRONOUS) {
      return Commands.of(
          AsyncCache.of(create(settings(String.class, String.class))).withTimeToLive(BRIEF));
    }
    return Commands.of(
        create(
            settings(String.class, String.class)
                .expiryPolicy(ModifiedExpiryPolicy.factoryOf(BRIEFLY))));
  }

  private void elapseBrief() {
    elapse(BRIEF.plusMillis(300));
  }

  // ---- get, set, multi-get, multi-set ----------------------------------------------------------

  @Test
  @DisplayName("1 get of a missing key is null")
  void missingKeyHasNoValue() {
    assertThat(cache.get("k")).isNull();
  }

  @Test
  @DisplayName("1 null is refused")
  @SuppressWarnings("NullAway") // that is the point
  void nullIsRefused() {
    assertThatThrownBy(() -> cache.set("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.set(null, "v")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.get(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.add(null, "v")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.add("k", null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.exists(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.delete(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.multiGet(Arrays.asList("a", null)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> cache.multiSet(Collections.singletonMap("k", null)))
        .isInstanceOf(NullPointerException.class);
    assertThat(cache.exists("k")).isFalse();
  }

  @Test
  @DisplayName("2 get finds what was set")
  void setIsFound() {
    cache.set("k", "value");
    assertThat(cache.get("k")).isEqualTo("value");
  }

  @Test
  @DisplayName("2 set replaces")
  void setReplaces() {
    cache.set("k", "old");
    cache.set("k", "new");
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  @DisplayName("3 multi-get has a hole for each miss")
  void multiGetHasHoles() {
    cache.set("k", "value");
    assertThat(cache.multiGet(List.of("k", "missing"))).containsExactly("value", null);
  }

  @Test
  @DisplayName("3 multi-get keeps the order of the keys")
  void multiGetKeepsOrder() {
    cache.multiSet(Map.of("a", "1", "b", "2", "c", "3"));
    assertThat(cache.multiGet(List.of("c", "x", "a", "b"))).containsExactly("3", null, "1", "2");
  }

  @Test
  @DisplayName("3 multi-get answers a key as often as it is asked")
  void multiGetTakesDuplicates() {
    cache.set("k", "value");
    assertThat(cache.multiGet(List.of("k", "x", "k"))).containsExactly("value", null, "value");
  }

  @Test
  @DisplayName("3 multi-get without keys is empty")
  void multiGetOfNothing() {
    assertThat(cache.multiGet(List.of())).isEmpty();
  }

  @Test
  @DisplayName("3 multi-get of only misses is only holes")
  void multiGetOfMisses() {
    assertThat(cache.multiGet(List.of("a", "b"))).containsExactly(null, null);
  }

  @Test
  @DisplayName("6 multi-set sets all, and replaces")
  void multiSetSetsAll() {
    cache.set("a", "old");
    cache.multiSet(Map.of("a", "1", "b", "2"));
    assertThat(cache.multiGet(List.of("a", "b"))).containsExactly("1", "2");
  }

  @Test
  @DisplayName("6 multi-set of nothing does nothing")
  void multiSetOfNothing() {
    cache.multiSet(Map.of());
    assertThat(cache.exists("a")).isFalse();
  }

  // ---- delete, add, exists, replace ------------------------------------------------------------

  @Test
  @DisplayName("4 delete of a missing key removes 0 entries")
  void deleteOfNothing() {
    assertThat(cache.delete("k")).isZero();
  }

  @Test
  @DisplayName("4 delete of a key removes 1 entry")
  void deleteRemoves() {
    cache.set("k", "value");
    assertThat(cache.delete("k")).isEqualTo(1);
    assertThat(cache.get("k")).isNull();
    assertThat(cache.delete("k")).isZero();
  }

  @Test
  @DisplayName("42 delete counts falsy values")
  void deleteCountsFalsyValues() {
    cache.set("k", "");
    assertThat(cache.delete("k")).isEqualTo(1);
  }

  @Test
  @DisplayName("9 add sets a new key")
  void addSets() {
    assertThat(cache.add("k", "value")).isTrue();
    assertThat(cache.get("k")).isEqualTo("value");
  }

  @Test
  @DisplayName("9 add of an existing key changes nothing")
  void addRefusesExisting() {
    cache.set("k", "value");
    assertThat(cache.add("k", "other")).isFalse();
    assertThat(cache.get("k")).isEqualTo("value");
  }

  @Test
  @DisplayName("9 of several threads that add a key one succeeds")
  void oneAddSucceeds() throws Exception {
    List<Boolean> added = Threads.race(4, i -> cache.add("k", "v" + i));
    assertThat(added).containsOnlyOnce(true);
  }

  @Test
  @DisplayName("10 a key exists once it was set, whatever its value is")
  void setKeyExists() {
    assertThat(cache.exists("k")).isFalse();
    cache.set("k", "");
    assertThat(cache.exists("k")).isTrue();
  }

  @Test
  @DisplayName("41 replacing a certain value replaces no other")
  void compareAndSet() {
    assertThat(cache.replace("k", "old", "new")).isFalse();
    cache.set("k", "old");
    assertThat(cache.replace("k", "other", "new")).isFalse();
    assertThat(cache.replace("k", "old", "new")).isTrue();
    assertThat(cache.get("k")).isEqualTo("new");
  }

  // ---- times to live ---------------------------------------------------------------------------

  @Test
  @DisplayName("5 setting again begins the time to live anew")
  void setBeginsAnew() {
    Commands<String, String> brief = openBrief();
    brief.set("k", "old");
    elapse(BRIEF.multipliedBy(2).dividedBy(3));
    brief.set("k", "new");
    elapse(BRIEF.dividedBy(2));
    assertThat(brief.get("k")).isEqualTo("new");
    elapseBrief();
    assertThat(brief.get("k")).isNull();
  }

  @Test
  @DisplayName("7 what multi-set has set expires")
  void multiSetExpires() {
    Commands<String, String> brief = openBrief();
    brief.multiSet(Map.of("a", "1", "b", "2"));
    assertThat(brief.multiGet(List.of("a", "b"))).containsExactly("1", "2");
    elapseBrief();
    assertThat(brief.multiGet(List.of("a", "b"))).containsExactly(null, null);
  }

  @Test
  @DisplayName("8 what set has set expires")
  void setExpires() {
    Commands<String, String> brief = openBrief();
    brief.set("k", "value");
    assertThat(brief.get("k")).isEqualTo("value");
    elapseBrief();
    assertThat(brief.get("k")).isNull();
    assertThat(brief.exists("k")).isFalse();
    assertThat(brief.delete("k")).isZero();
  }

  @Test
  @DisplayName("8 what add has set expires, and the key is free again")
  void addExpires() {
    Commands<String, String> brief = openBrief();
    assertThat(brief.add("k", "value")).isTrue();
    elapseBrief();
    assertThat(brief.add("k", "other")).isTrue();
    assertThat(brief.get("k")).isEqualTo("other");
  }

  @Test
  @DisplayName("22 without a default, entries live for ever")
  void noDefault() {
    cache.set("k", "value");
    elapseBrief();
    assertThat(cache.exists("k")).isTrue();
  }

  @Test
  @DisplayName("22 the default is that of the cache's expiry policy")
  void defaultOfThePolicy() {
    Commands<String, String> policed =
        commands(
            create(
                settings(String.class, String.class)
                    .expiryPolicy(CreatedExpiryPolicy.factoryOf(BRIEFLY))));
    policed.set("set", "1");
    policed.add("add", "2");
    policed.multiSet(Map.of("multi", "3"));
    elapseBrief();
    assertThat(policed.multiGet(List.of("set", "add", "multi"))).containsOnlyNulls();
  }

  @Test
  @DisplayName("22 reads do not extend a time to live")
  void readsDoNotExtend() {
    Commands<String, String> brief = openBrief();
    brief.set("k", "value");
    elapse(BRIEF.dividedBy(2));
    assertThat(brief.get("k")).isEqualTo("value");
    elapse(BRIEF.dividedBy(2).plusMillis(300));
    assertThat(brief.get("k")).isNull();
  }

  // ---- clear, close ----------------------------------------------------------------------------

  @Test
  @DisplayName("17 clear removes all entries")
  void clearRemovesAll() {
    cache.clear();
    cache.multiSet(Map.of("a", "1", "b", "2"));
    cache.clear();
    assertThat(cache.multiGet(List.of("a", "b"))).containsOnlyNulls();
    assertThat(cache.exists("a")).isFalse();
  }

  @Test
  @DisplayName("59 clear leaves other caches alone, however they are called")
  void clearLeavesOthersAlone() {
    Cache<String, String> foo = create(settings(String.class, String.class));
    Commands<String, String> sibling =
        commands(
            manager.createCache(
                foo.getName() + "bar", settings(String.class, String.class).build()));
    sibling.set("k", "2");
    commands(foo).clear();
    assertThat(sibling.get("k")).isEqualTo("2");
  }

  @Test
  @DisplayName("18 a closed cache refuses everything")
  void closedCacheRefuses() {
    cache.close();
    List<Runnable> calls =
        List.of(
            () -> cache.get("k"),
            () -> cache.multiGet(List.of("k")),
            () -> cache.multiGet(List.of()),
            () -> cache.set("k", "v"),
            () -> cache.multiSet(Map.of("k", "v")),
            () -> cache.multiSet(Map.of()),
            () -> cache.add("k", "v"),
            () -> cache.exists("k"),
            () -> cache.delete("k"),
            () -> cache.replace("k", "v", "w"),
            () -> cache.clear());
    for (Runnable call : calls) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
    cache.close();
  }

  // ---- keys and values -------------------------------------------------------------------------

  @Test
  @DisplayName("21 falsy values are values")
  void falsyValuesAreValues() {
    Commands<String, Object> any = open(Object.class);
    for (Object falsy : List.of(false, 0, 0L, 0.0, "", List.of(), Map.of())) {
      any.set("k", falsy);
      assertThat(any.get("k")).isEqualTo(falsy);
      assertThat(any.multiGet(List.of("k"))).containsExactly(falsy);
      assertThat(any.delete("k")).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("30 values come back as the type that was put, by set, add and multi-set")
  void typesAreKept() {
    Commands<String, Object> any = open(Object.class);
    for (Object value :
        List.of(1, 1L, 2.5, "hi", true, List.of(1, 2), Map.of("a", 1), Duration.ofDays(1))) {
      any.clear();
      any.set("set", value);
      any.add("add", value);
      any.multiSet(Map.of("multi", value));
      assertThat(any.multiGet(List.of("set", "add", "multi")))
          .allSatisfy(found -> assertThat(found).isEqualTo(value).hasSameClassAs(value));
    }
  }

  @Test
  @DisplayName("31 text is kept as it is")
  void textIsKept() {
    for (String text :
        List.of("", " ", "a b", "\r\n\0", "Zoë", "\ud83e\uddc0", "x".repeat(100_000))) {
      cache.set("k", text);
      assertThat(cache.get("k")).isEqualTo(text);
    }
  }

  @Test
  @DisplayName("64 any key can be used, and is no other")
  void anyKey() {
    List<String> keys =
        List.of("", " ", "a b", "a_b", "a\r\nb", "ключ", "\ud83e\uddc0", "x".repeat(2_000), "*");
    Map<String, String> entries = new LinkedHashMap<>();
    keys.forEach(key -> entries.put(key, "value of " + key));
    cache.multiSet(entries);
    assertThat(cache.multiGet(keys)).containsExactlyElementsOf(entries.values());
    assertThat(keys).allMatch(cache::exists);
    assertThat(cache.delete("*")).isEqualTo(1);
    assertThat(cache.get("a b")).isEqualTo("value of a b");
  }

  @Test
  @DisplayName("28 caches with other names keep other entries")
  void namesAreNamespaces() {
    Commands<String, String> other = open(String.class);
    cache.set("k", "1");
    other.set("k", "2");
    assertThat(cache.get("k")).isEqualTo("1");
    assertThat(other.delete("k")).isEqualTo(1);
    assertThat(cache.exists("k")).isTrue();
  }

  @Test
  @DisplayName("29 enums are keys by their name")
  void enumsAreKeys() {
    Commands<Object, String> any = commands(create(settings(Object.class, String.class)));
    any.set(Thread.State.NEW, "new");
    assertThat(any.get(Thread.State.NEW)).isEqualTo("new");
    assertThat(any.get("NEW")).isNull();
  }

  @Test
  @DisplayName("24 many keys at once all come back")
  void manyKeysComeBack() {
    List<String> keys = IntStream.range(0, 500).mapToObj(i -> "k" + i).toList();
    Map<String, String> entries = new LinkedHashMap<>();
    keys.forEach(key -> entries.put(key, "v" + key));
    cache.multiSet(entries);
    assertThat(cache.multiGet(keys)).containsExactlyElementsOf(entries.values());
  }
}
