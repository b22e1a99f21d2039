package dev.larder.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.async.AsyncCache;
import dev.larder.async.CachePlugin;
import dev.larder.async.CachePlugin.Command;
import dev.larder.async.HitRatioPlugin;
import dev.larder.async.KeyExistsException;
import dev.larder.async.TimingPlugin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The plugins of an asynchronous cache, on any backend. */
public abstract class PluginContract extends AsyncContract {
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  /** Makes the contract one of a backend. */
  protected PluginContract(Subject subject) {
    super(subject);
  }

  private AsyncCache<String, String> plugged(CachePlugin... plugins) {
    AsyncCache.Settings.Builder settings = AsyncCache.Settings.builder();
    for (CachePlugin plugin : plugins) {
      settings.plugin(plugin);
    }
    return async(String.class, settings.build());
  }

  private CachePlugin noting(String name) {
    return new CachePlugin() {
      @Override
      public void before(Call call) {
        seen.add(name + " before " + call.command() + call.keys() + call.values());
      }

      @Override
      public void after(Call call, Outcome outcome) {
        seen.add(name + " after " + call.command() + " " + outcome.result());
      }
    };
  }

  @Test
  @DisplayName("26 each command calls each plugin before and after, in order")
  void pluginsAreCalledInOrder() {
    AsyncCache<String, String> cache = plugged(noting("1"), noting("2"));
    result(cache.set("k", "v"));
    assertThat(seen)
        .containsExactly(
            "1 before SET[k][v]", "2 before SET[k][v]", "1 after SET null", "2 after SET null");
  }

  @Test
  @DisplayName("26 every command is told once, by its kind")
  void everyCommandIsTold() {
    List<Command> told = Collections.synchronizedList(new ArrayList<>());
    CachePlugin teller =
        new CachePlugin() {
          @Override
          public void after(Call call, Outcome outcome) {
            told.add(call.command());
          }
        };
    AsyncCache<String, String> cache = plugged(teller);
    result(cache.get("k"));
    result(cache.get("k", "default"));
    result(cache.multiGet(List.of("k")));
    result(cache.exists("k"));
    result(cache.set("k", "1"));
    result(cache.multiSet(Map.of("a", "1")));
    result(cache.add("b", "1"));
    result(cache.replace("k", "2"));
    result(cache.increment("k"));
    result(cache.expire("k", LONG));
    result(cache.invoke("k", (entry, arguments) -> null));
    result(cache.delete("k"));
    result(cache.removeAll(Set.of("a")));
    failure(cache.raw("nonsense"));
    result(cache.clear());
    result(cache.loadAll(Set.of("a"), false));
    assertThat(told)
        .containsExactly(
            Command.GET,
            Command.GET,
            Command.MULTI_GET,
            Command.EXISTS,
            Command.SET,
            Command.MULTI_SET,
            Command.ADD,
            Command.REPLACE,
            Command.INCREMENT,
            Command.EXPIRE,
            Command.INVOKE,
            Command.DELETE,
            Command.MULTI_DELETE,
            Command.RAW,
            Command.CLEAR,
            Command.LOAD)
        .containsAll(List.of(Command.values()));
  }

  @Test
  @DisplayName("26 a plugin sees results and misses, not defaults")
  void pluginSeesWhatIsStored() {
    AsyncCache<String, String> cache = plugged(noting("1"));
    result(cache.get("k", "default"));
    result(cache.set("k", "v"));
    result(cache.get("k", "default"));
    assertThat(seen).contains("1 after GET null", "1 after GET v");
  }

  @Test
  @DisplayName("26 a plugin sees failures")
  void pluginSeesFailures() {
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    AsyncCache<String, String> cache =
        plugged(CachePlugin.after(Command.RAW, (call, outcome) -> failures.add(outcome.failure())));
    Throwable failure = failure(cache.raw("nonsense"));
    assertThat(failures).containsExactly(failure);
  }

  @Test
  @DisplayName("26 a plugin that throws breaks neither the command nor other plugins")
  void brokenPluginBreaksNothing() {
    CachePlugin broken =
        new CachePlugin() {
          @Override
          public void before(Call call) {
            throw new IllegalStateException("before");
          }

          @Override
          public void after(Call call, Outcome outcome) {
            throw new IllegalStateException("after");
          }
        };
    AsyncCache<String, String> cache = plugged(broken, noting("2"));
    result(cache.set("k", "v"));
    assertThat(result(cache.get("k"))).isEqualTo("v");
    assertThat(seen).contains("2 before SET[k][v]", "2 after GET v");
  }

  @Test
  @DisplayName("76 hooks of one command hear of no other")
  void hooksOfOneCommand() {
    AsyncCache<String, String> cache =
        plugged(
            CachePlugin.before(Command.SET, call -> seen.add("before " + call.keys())),
            CachePlugin.after(
                Command.GET, (call, outcome) -> seen.add("after " + outcome.result())));
    result(cache.set("k", "v"));
    result(cache.get("k"));
    result(cache.delete("k"));
    assertThat(seen).containsExactly("before [k]", "after v");
  }

  @Test
  @DisplayName("74 hits and their ratio are counted, for get and multi-get")
  void hitsAreCounted() {
    HitRatioPlugin ratio = new HitRatioPlugin();
    AsyncCache<String, String> cache = plugged(ratio);
    assertThat(ratio.ratio()).isZero();
    result(cache.multiSet(Map.of("a", "1", "b", "2", "c", "3")));
    result(cache.get("a"));
    result(cache.get("x", "default"));
    result(cache.multiGet(List.of("a", "b", "c", "d", "e", "f")));
    result(cache.multiGet(List.of()));
    assertThat(ratio.hits()).isEqualTo(4);
    assertThat(ratio.misses()).isEqualTo(4);
    assertThat(ratio.ratio()).isEqualTo(0.5);
  }

  @Test
  @DisplayName("74 a stored null is a hit where null is a value")
  void storedNullIsAHit() {
    HitRatioPlugin ratio = new HitRatioPlugin();
    AsyncCache<String, String> cache = plugged(ratio).withNulls("\0null");
    result(cache.set("k", null));
    result(cache.get("k"));
    assertThat(ratio.hits()).isEqualTo(1);
  }

  @Test
  @DisplayName("75 times are counted, summed and ordered")
  void timesAreMeasured() {
    TimingPlugin timing = new TimingPlugin();
    AsyncCache<String, String> cache = plugged(timing);
    for (int i = 0; i < 20; i++) {
      result(cache.set("k", "v"));
    }
    TimingPlugin.Timing set = timing.timing(Command.SET);
    assertThat(set.count()).isEqualTo(20);
    assertThat(set.min()).isPositive().isLessThanOrEqualTo(set.average());
    assertThat(set.max()).isGreaterThanOrEqualTo(set.average());
    assertThat(set.total()).isGreaterThanOrEqualTo(set.max());
    assertThat(set.percentile(50)).isBetween(set.min(), set.max());
    assertThat(set.percentile(100)).isGreaterThanOrEqualTo(set.percentile(50));
    assertThat(timing.timing(Command.GET).count()).isZero();
  }

  @Test
  @DisplayName("75 total, average, minimum, maximum and percentiles are those of the times")
  void timesAreThose() {
    TimingPlugin timing = new TimingPlugin();
    CachePlugin.Call call = new CachePlugin.Call(cache, Command.GET, List.of(), List.of());
    for (int millis = 1; millis <= 100; millis++) {
      timing.after(call, new CachePlugin.Outcome(null, null, Duration.ofMillis(millis)));
    }
    TimingPlugin.Timing get = timing.timing(Command.GET);
    assertThat(get.total()).isEqualTo(Duration.ofMillis(5_050));
    assertThat(get.average()).isEqualTo(Duration.ofNanos(50_500_000));
    assertThat(get.min()).isEqualTo(Duration.ofMillis(1));
    assertThat(get.max()).isEqualTo(Duration.ofMillis(100));
    assertThat(get.percentile(50)).isBetween(Duration.ofMillis(50), Duration.ofMillis(57));
    assertThat(get.percentile(99)).isBetween(Duration.ofMillis(99), Duration.ofMillis(100));
    Assertions.assertThatIllegalArgumentException().isThrownBy(() -> get.percentile(0));
  }

  @Test
  @DisplayName("26 add that is refused is no failure of the cache")
  void refusedAddIsTold() {
    AsyncCache<String, String> cache = plugged(noting("1"));
    result(cache.add("k", "1"));
    assertThat(failure(cache.add("k", "2"))).isInstanceOf(KeyExistsException.class);
    assertThat(seen).contains("1 after ADD true", "1 after ADD false");
  }
}
