package dev.larder.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.async.AsyncCache;
import dev.larder.async.KeyExistsException;
import dev.larder.async.VersionedValue;
import dev.larder.spi.Serializer;
import java.io.Serial;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Versions, namespaces and serializers of asynchronous caches, on any backend. */
public abstract class ViewContract extends AsyncContract {
  /** Makes the contract one of a backend. */
  protected ViewContract(Subject subject) {
    super(subject);
  }

  private boolean isInMemory() {
    return subject.uri().getScheme().equals("memory");
  }

  // ---- versions --------------------------------------------------------------------------------

  @Test
  @DisplayName("83 a missing key has no version")
  void missingKeyHasNoVersion() {
    assertThat(result(cache.gets("k"))).isNull();
  }

  @Test
  @DisplayName("83 what nobody changed since it was read is replaced, once")
  void unchangedIsReplacedOnce() {
    result(cache.set("k", "1"));
    VersionedValue<String> seen = result(cache.gets("k"));
    assertThat(seen.value()).isEqualTo("1");
    assertThat(result(cache.cas("k", seen, "2"))).isTrue();
    assertThat(result(cache.cas("k", seen, "3"))).isFalse();
    assertThat(result(cache.get("k"))).isEqualTo("2");
  }

  @Test
  @DisplayName("83 what was set since it was read is not replaced")
  void changedIsNotReplaced() {
    result(cache.set("k", "1"));
    VersionedValue<String> seen = result(cache.gets("k"));
    result(cache.set("k", "other"));
    assertThat(result(cache.cas("k", seen, "2"))).isFalse();
    assertThat(result(cache.get("k"))).isEqualTo("other");
  }

  @Test
  @DisplayName("83 what was removed since it was read stays removed")
  void removedStaysRemoved() {
    result(cache.set("k", "1"));
    VersionedValue<String> seen = result(cache.gets("k"));
    result(cache.delete("k"));
    assertThat(result(cache.cas("k", seen, "2"))).isFalse();
    assertThat(result(cache.exists("k"))).isFalse();
  }

  @Test
  @DisplayName("83 versions need no equals")
  void versionsNeedNoEquals() {
    AsyncCache<String, byte[]> bytes = async(byte[].class);
    result(bytes.set("k", "1".getBytes(UTF_8)));
    VersionedValue<byte[]> seen = result(bytes.gets("k"));
    assertThat(result(bytes.cas("k", seen, "2".getBytes(UTF_8)))).isTrue();
    assertThat(result(bytes.cas("k", seen, "3".getBytes(UTF_8)))).isFalse();
    assertThat(result(bytes.get("k"))).isEqualTo("2".getBytes(UTF_8));
  }

  @Test
  @DisplayName("83 of many who read the same version one replaces it")
  void oneOfManyReplaces() {
    result(cache.set("k", "0"));
    VersionedValue<String> seen = result(cache.gets("k"));
    List<CompletionStage<Boolean>> all =
        IntStream.range(0, 30).mapToObj(i -> cache.cas("k", seen, "new" + i)).toList();
    assertThat(all.stream().filter(AsyncContract::result)).hasSize(1);
  }

  @Test
  @DisplayName("83 nothing is lost where all try again until nobody came in between")
  void nothingIsLost() {
    result(cache.set("k", "0"));
    List<CompletionStage<Boolean>> all = IntStream.range(0, 20).mapToObj(i -> addOne()).toList();
    assertThat(all).allMatch(AsyncContract::result);
    assertThat(result(cache.get("k"))).isEqualTo("20");
  }

  private CompletionStage<Boolean> addOne() {
    return cache
        .gets("k")
        .thenCompose(
            seen -> cache.cas("k", seen, Integer.toString(Integer.parseInt(seen.value()) + 1)))
        .thenCompose(done -> done ? completedFuture(true) : addOne());
  }

  @Test
  @DisplayName("83 a replaced version has the time to live of the view")
  void replacedVersionExpires() {
    result(cache.set("k", "1"));
    VersionedValue<String> seen = result(cache.gets("k"));
    assertThat(result(cache.withTimeToLive(BRIEF).cas("k", seen, "2"))).isTrue();
    elapseBrief();
    assertThat(result(cache.get("k"))).isNull();
  }

  // ---- set without a time to live --------------------------------------------------------------

  @Test
  @DisplayName("22 set and multi-set without a time to live forget the one before")
  void setForgetsTheTimeToLive() {
    result(cache.multiSet(Map.of("set", "1", "multi", "1", "left", "1"), BRIEF));
    result(cache.set("set", "2"));
    result(cache.multiSet(Map.of("multi", "2")));
    elapseBrief();
    assertThat(result(cache.multiGet(List.of("set", "multi", "left"))))
        .containsExactly("2", "2", null);
  }

  // ---- namespaces ------------------------------------------------------------------------------

  @Test
  @DisplayName("28 a namespace has entries of its own, which clear of another leaves alone")
  void namespacesAreApart() {
    assumeFalse(isInMemory(), "entries in memory have no namespace");
    AsyncCache<String, String> there = cache.withNamespace("there");
    result(cache.set("k", "here"));
    result(there.set("k", "there", LONG));
    result(there.increment("n", 3));
    assertThat(result(there.get("k"))).isEqualTo("there");
    assertThat(result(cache.get("k"))).isEqualTo("here");
    assertThat(result(cache.exists("n"))).isFalse();

    assertThat(result(cache.withNamespace("elsewhere").get("k"))).isNull();
    result(there.clear());
    assertThat(result(there.exists("k"))).isFalse();
    assertThat(result(cache.get("k"))).isEqualTo("here");
  }

  @Test
  @DisplayName("28 an empty namespace is none")
  void emptyNamespaceIsNone() {
    assumeFalse(isInMemory(), "entries in memory have no namespace");
    result(cache.set("k", "value"));
    assertThat(result(cache.withNamespace("other").withNamespace("").get("k"))).isEqualTo("value");
  }

  @Test
  @DisplayName("28 in memory there are no namespaces")
  void memoryHasNoNamespaces() {
    assumeTrue(isInMemory(), "for memory alone");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> cache.withNamespace("there"))
        .withMessageContainingAll("no namespace", "another name");
  }

  @Test
  @DisplayName("28 the view of a closed cache is closed, too")
  void viewsAreClosedWithTheirCache() {
    AsyncCache<String, String> view = cache.withSerializer(new Shouting()).withTimeToLive(LONG);
    result(cache.close());
    assertThat(failure(view.get("k"))).isInstanceOf(IllegalStateException.class);
  }

  // ---- serializers -----------------------------------------------------------------------------

  /** Writes capitals, and reads what it finds. */
  private static final class Shouting implements Serializer<String> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public byte[] encode(String value) {
      return value.toUpperCase(Locale.ROOT).getBytes(UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
      return new String(bytes, UTF_8);
    }
  }

  @Test
  @DisplayName("33 a call may have a serializer of its own; in memory nothing is serialized")
  void callsHaveTheirSerializer() {
    AsyncCache<String, String> shouting = cache.withSerializer(new Shouting());
    result(shouting.set("k", "value"));
    String stored = isInMemory() ? "value" : "VALUE";
    assertThat(result(cache.get("k"))).isEqualTo(stored);
    assertThat(result(shouting.get("k"))).isEqualTo(stored);
    result(cache.set("k", "plain"));
    assertThat(result(shouting.multiGet(List.of("k")))).containsExactly("plain");
  }

  @Test
  @DisplayName("28 a view of a view is both, for each command")
  void viewsAddUp() {
    AsyncCache<String, String> elsewhere = isInMemory() ? cache : cache.withNamespace("there");
    AsyncCache<String, String> view =
        elsewhere
            .withSerializer(new Shouting())
            .withNulls("NONE")
            .withTimeToLive(BRIEF)
            .withTimeout(LONG);
    String x = isInMemory() ? "x" : "X";
    String y = isInMemory() ? "y" : "Y";
    Map<String, String> entries = new HashMap<>();
    entries.put("a", null);
    entries.put("b", "x");
    result(view.multiSet(entries));
    assertThat(result(view.multiGet(List.of("b", "a", "missing", "b"))))
        .containsExactly(x, null, null, x);
    assertThat(result(view.getAll(Set.of("a", "b", "missing")))).containsOnlyKeys("a", "b");
    assertThat(result(view.get("a", "default"))).isNull();
    assertThat(failure(view.add("a", "y"))).isInstanceOf(KeyExistsException.class);
    assertThat(result(view.getAndPut("b", "y"))).isEqualTo(x);
    assertThat(result(view.cas("b", result(view.gets("b")), null))).isTrue();
    assertThat(result(view.getAndReplace("b", "y"))).isNull();
    assertThat(result(view.putIfAbsent("c", "y"))).isTrue();
    assertThat(result(view.multiGet(List.of("a", "b", "c")))).containsExactly(null, y, y);
    assertThat(result(cache.exists("b"))).isEqualTo(isInMemory());
    elapseBrief();
    assertThat(result(view.getAll(Set.of("a", "b", "c")))).isEmpty();
    assertThat(result(view.increment("n", 2))).isEqualTo(2);
    assertThat(result(view.expire("n", LONG))).isTrue();
    assertThat(result(view.delete("n"))).isEqualTo(1);
  }
}
