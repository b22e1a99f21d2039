package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.LarderStatisticsMXBean;
import dev.larder.tck.servers.RedisServer;
import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The figures of connections to Redis. */
class FiguresTest {
  @Test
  @Timeout(60)
  void lostConnectionsAreCounted() throws Exception {
    try (RedisServer server = RedisServer.start();
        CacheManager manager = Managers.open(server.uri())) {
      Cache<String, String> cache = Managers.strings(manager, "figures");
      manager.enableStatistics("figures", true);
      cache.put("k", "v");
      LarderStatisticsMXBean bean = bean();
      assertThat(bean.getConnectionsLost()).isZero();
      assertThat(bean.getCommandsInFlight()).isZero();

      server.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      while (bean.getConnectionsLost() == 0 || !isReadable(cache)) {
        Thread.onSpinWait();
      }

      assertThat(bean.getConnectionsLost()).isEqualTo(1);
    }
  }

  private static boolean isReadable(Cache<String, String> cache) {
    try {
      return "v".equals(cache.get("k"));
    } catch (CacheException e) {
      return false;
    }
  }

  private static LarderStatisticsMXBean bean() throws Exception {
    ObjectName pattern = new ObjectName("dev.larder:type=CacheStatistics,Cache=figures,*");
    ObjectName name =
        ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null).iterator().next();
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(), name, LarderStatisticsMXBean.class);
  }
}
