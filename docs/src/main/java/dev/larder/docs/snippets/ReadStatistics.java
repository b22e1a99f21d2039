package dev.larder.docs.snippets;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** A cache's figures, by JMX. */
final class ReadStatistics {
  private ReadStatistics() {}

  // region
  static CacheStatisticsMXBean statisticsOf(Cache<?, ?> cache) throws MalformedObjectNameException {
    cache.getCacheManager().enableStatistics(cache.getName(), true); // or in the configuration
    ObjectName name =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager=larder.default,Cache="
                + cache.getName());
    return JMX.newMXBeanProxy(
        ManagementFactory.getPlatformMBeanServer(), name, CacheStatisticsMXBean.class);
  }
  // endregion
}
