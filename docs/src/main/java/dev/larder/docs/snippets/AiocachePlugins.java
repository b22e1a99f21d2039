package dev.larder.docs.snippets;

import dev.larder.async.AsyncCache;
import dev.larder.async.CachePlugin;
import dev.larder.async.CachePlugin.Command;
import dev.larder.async.HitRatioPlugin;
import dev.larder.async.TimingPlugin;
import java.util.Queue;
import javax.cache.Cache;

/** The plugins of aiocache. */
final class AiocachePlugins {
  private AiocachePlugins() {}

  // region
  static String measure(Cache<String, String> users, Queue<Object> written) {
    HitRatioPlugin ratio = new HitRatioPlugin(); //  plugins=[HitMissRatioPlugin(), TimingPlugin()]
    TimingPlugin timing = new TimingPlugin();
    AsyncCache<String, String> cache =
        AsyncCache.of(
            users,
            AsyncCache.Settings.builder()
                .plugin(ratio)
                .plugin(timing)
                .plugin(CachePlugin.after(Command.SET, (call, end) -> written.addAll(call.keys())))
                .build());

    cache.set("key", "value").toCompletableFuture().join();
    cache.get("key").toCompletableFuture().join();
    cache.get("none").toCompletableFuture().join();

    return "%.1f of %d".formatted(ratio.ratio(), timing.timing(Command.GET).count());
  }
  // endregion
}
