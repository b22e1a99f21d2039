package dev.larder.docs.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.servers.MemcachedServer;
import java.util.Locale;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;

/** Runs the pages' code that needs a Memcached, on one of its own. */
final class MemcachedSnippetsTest {
  @Test
  void wordsAreTranslatedOnceForAllManagers() {
    try (MemcachedServer memcached = MemcachedServer.start()) {
      String first =
          UseMemcached.translate(memcached.uri(), "fig", word -> word.toUpperCase(Locale.ROOT));
      String second = UseMemcached.translate(memcached.uri(), "fig", word -> "not asked");

      assertThat(first).isEqualTo("FIG");
      assertThat(second).isEqualTo("FIG");
      assertThat(memcached.command("mg words:fig v f t")).matches("VA 3 f0 t3(600|599)\r\nFIG");
    } finally {
      Caching.getCachingProvider().close();
    }
  }
}
