package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderCachingProvider;
import dev.larder.LarderConfiguration;
import dev.larder.tck.ManualTicker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How long {@code @Cached} and {@code @MultiCached} keep results. */
class TimeToLiveTest {
  @Test
  void resultsLiveAsLongAsTheAnnotationSays() {
    var ticker = new ManualTicker();
    var manager = new LarderCachingProvider().getCacheManager();
    manager.createCache("default", LarderConfiguration.builder().ticker(ticker).build());
    try (var deployment = Deployment.of(manager, Hasty.class)) {
      var hasty = deployment.bean(Hasty.class);
      var one = hasty.one(1);
      var many = hasty.many(List.of(1));
      ticker.advance(Duration.ofMinutes(9));
      assertThat(hasty.one(1)).isEqualTo(one);
      assertThat(hasty.many(List.of(1))).isEqualTo(many);
      ticker.advance(Duration.ofMinutes(2));
      assertThat(hasty.one(1)).isNotEqualTo(one);
      assertThat(hasty.many(List.of(1))).isNotEqualTo(many);
    }
  }

  /** A bean that counts its calls. */
  static class Hasty {
    private int calls;

    @Cached(timeToLive = "PT10M")
    public String one(int id) {
      return "call " + ++calls;
    }

    @MultiCached(keys = "ids", timeToLive = "PT10M")
    public Map<Integer, String> many(List<Integer> ids) {
      var found = new LinkedHashMap<Integer, String>();
      ids.forEach(id -> found.put(id, "call " + ++calls));
      return found;
    }
  }
}
