package dev.larder.docs.demo;

import java.lang.management.ManagementFactory;
import javax.cache.Cache;
import javax.cache.management.CacheStatisticsMXBean;
import javax.management.JMX;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** What a cache counted, as its standard statistics bean tells. */
record CacheCounts(long hits, long misses, long evictions) {

  static CacheCounts of(CacheStatisticsMXBean bean) {
    return new CacheCounts(bean.getCacheHits(), bean.getCacheMisses(), bean.getCacheEvictions());
  }

  /**
   * Finds the statistics bean of a cache in the platform's MBean server.
   *
   * @throws IllegalStateException if there is none, because statistics are off
   */
  static CacheStatisticsMXBean bean(Cache<?, ?> cache) {
    var server = ManagementFactory.getPlatformMBeanServer();
    var pattern = "javax.cache:type=CacheStatistics,CacheManager=*,Cache=" + cache.getName();
    try {
      var names = server.queryNames(new ObjectName(pattern), null);
      if (names.size() != 1) {
        throw new IllegalStateException(
            names.size() + " beans match " + pattern + "; enable statistics on one such cache");
      }
      var name = names.iterator().next();
      return JMX.newMXBeanProxy(server, name, CacheStatisticsMXBean.class);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(
          "cache '" + cache.getName() + "' needs a name without quotes, stars and commas", e);
    }
  }

  double hitPercent() {
    long gets = hits + misses;
    return gets == 0 ? 0 : 100.0 * hits / gets;
  }
}
