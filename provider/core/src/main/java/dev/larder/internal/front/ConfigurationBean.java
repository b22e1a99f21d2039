package dev.larder.internal.front;

import dev.larder.LarderConfiguration;
import java.util.function.Supplier;
import javax.cache.management.CacheMXBean;

/** A cache's configuration as JSR-107's MXBean shows it. */
public final class ConfigurationBean implements CacheMXBean {
  private final Supplier<? extends LarderConfiguration<?, ?>> configuration;

  ConfigurationBean(Supplier<? extends LarderConfiguration<?, ?>> configuration) {
    this.configuration = configuration;
  }

  @Override
  public String getKeyType() {
    return configuration.get().getKeyType().getName();
  }

  @Override
  public String getValueType() {
    return configuration.get().getValueType().getName();
  }

  @Override
  public boolean isReadThrough() {
    return configuration.get().isReadThrough();
  }

  @Override
  public boolean isWriteThrough() {
    return configuration.get().isWriteThrough();
  }

  @Override
  public boolean isStoreByValue() {
    return configuration.get().isStoreByValue();
  }

  @Override
  public boolean isStatisticsEnabled() {
    return configuration.get().isStatisticsEnabled();
  }

  @Override
  public boolean isManagementEnabled() {
    return configuration.get().isManagementEnabled();
  }
}
