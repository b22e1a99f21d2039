package dev.larder.docs.snippets;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Retention;
import javax.cache.annotation.CacheResult;

/** One word for a scope and a cache. */
final class CacheStereotype {
  private CacheStereotype() {}

  // region
  @Stereotype
  @ApplicationScoped
  @CacheResult(cacheName = "reference")
  @Retention(RUNTIME)
  @interface ReferenceData {}

  @ReferenceData
  static class Countries {
    public String name(String code) {
      return code.equals("de") ? "Germany" : "elsewhere";
    }
  }
  // endregion
}
