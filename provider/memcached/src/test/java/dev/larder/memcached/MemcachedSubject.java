package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.larder.tck.Capability;
import dev.larder.tck.ManualTicker;
import dev.larder.tck.Subject;
import dev.larder.tck.servers.MemcachedServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Caches on a Memcached of their own. */
final class MemcachedSubject implements Subject {
  /** A value, its length, flags, and the seconds that it has left. */
  private static final Pattern ITEM =
      Pattern.compile("VA (\\d+) f(\\d+) t(-?\\d+)\r\n(.*)", Pattern.DOTALL);

  /** The clock of a server may be behind by a part of a second, and a part of another. */
  private static final int LEEWAY = 2;

  private MemcachedServer server;

  void start() {
    server = MemcachedServer.start();
  }

  void stop() {
    server.close();
  }

  @Override
  public URI uri() {
    return URI.create(server.uri() + "?timeout=10s");
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(Capability.ELAPSING_TIME, Capability.WAITS_IN_THE_CACHE);
  }

  /** Makes all entries older, for nobody can move the clocks. */
  @Override
  public void elapse(ManualTicker ticker, Duration time) {
    ticker.advance(time);
    for (String line : server.command("lru_crawler metadump hash").split("\r?\n", -1)) {
      if (line.startsWith("key=")) {
        String key = line.substring("key=".length(), line.indexOf(' '));
        growOlder(URLDecoder.decode(key, ISO_8859_1), time);
      }
    }
  }

  private void growOlder(String key, Duration time) {
    Matcher item = ITEM.matcher(command("mg " + key + " v f t"));
    if (!item.matches()) {
      return; // it expired in the meantime
    }
    long left = Long.parseLong(item.group(3));
    if (Integer.parseInt(item.group(2)) == StoredItem.HEADED) {
      ByteBuffer value = ByteBuffer.wrap(item.group(4).getBytes(ISO_8859_1));
      long deadline = value.getLong(0);
      value.putLong(0, deadline == Long.MAX_VALUE ? deadline : deadline - time.toMillis());
      command(
          "set %s %s %d %s\r\n%s"
              .formatted(
                  key,
                  item.group(2),
                  left < 0 ? 0 : now() + left,
                  item.group(1),
                  new String(value.array(), ISO_8859_1)));
    } else if (left >= 0) {
      command("touch %s %d".formatted(key, now() + left - time.toSeconds() - LEEWAY));
    }
  }

  /** Servers take large numbers of seconds for instants. */
  private static long now() {
    return System.currentTimeMillis() / 1_000;
  }

  private String command(String command) {
    return new String(server.command(command.getBytes(ISO_8859_1)), ISO_8859_1);
  }
}
