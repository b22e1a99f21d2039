package dev.larder.docs.snippets;

// region
import dev.larder.LarderConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

class AnnotatedBeans {
  @ApplicationScoped
  @CacheDefaults(cacheName = "books")
  static class Catalogue {
    @CacheResult
    public String title(int id) {
      System.out.println("looking for book " + id);
      return "Book " + id;
    }

    @CachePut
    public void rename(int id, @CacheValue String title) {}

    @CacheRemove
    public void discard(int id) {}
  }

  static class CacheSetup {
    @Produces
    @ApplicationScoped
    static CacheManager open() {
      var manager = Caching.getCachingProvider().getCacheManager();
      manager.createCache("books", LarderConfiguration.builder().maxEntries(10_000).build());
      return manager;
    }

    static void close(@Disposes CacheManager manager) {
      manager.close();
    }
  }

  public static void main(String[] args) {
    var initializer = SeContainerInitializer.newInstance();
    initializer.addBeanClasses(Catalogue.class, CacheSetup.class);
    try (var container = initializer.initialize()) {
      var catalogue = container.select(Catalogue.class).get();
      System.out.println(catalogue.title(1));
      System.out.println(catalogue.title(1));
      catalogue.rename(1, "Emma");
      System.out.println(catalogue.title(1));
      catalogue.discard(1);
      System.out.println(catalogue.title(1));
    }
  }
}
// endregion
