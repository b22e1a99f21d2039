package dev.larder.async;

import com.hazelcast.cache.HazelcastCachingProvider;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.api.AfterAll;

final class HazelcastAsyncCacheTest extends OrderedAsyncCacheContract {
  private HazelcastInstance member;

  @AfterAll
  void stopMember() {
    member.shutdown();
  }

  @Override
  String provider() {
    return "com.hazelcast.cache.HazelcastMemberCachingProvider";
  }

  @Override
  CacheManager open(CachingProvider provider) {
    Config config = new Config().setProperty("hazelcast.phone.home.enabled", "false");
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    member = Hazelcast.newHazelcastInstance(config);
    return provider.getCacheManager(
        provider.getDefaultURI(),
        getClass().getClassLoader(),
        HazelcastCachingProvider.propertiesByInstanceItself(member));
  }
}
