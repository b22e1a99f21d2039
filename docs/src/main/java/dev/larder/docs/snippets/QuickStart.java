package dev.larder.docs.snippets;

// region
import dev.larder.LarderConfiguration;
import javax.cache.Caching;
import javax.cache.expiry.CreatedExpiryPolicy;

class QuickStart {
  public static void main(String[] args) {
    var config = LarderConfiguration.builder(String.class, Integer.class).maxEntries(10_000);
    config.expiryPolicy(CreatedExpiryPolicy.factoryOf(javax.cache.expiry.Duration.ONE_HOUR));
    var manager = Caching.getCachingProvider().getCacheManager();
    var visits = manager.createCache("visits", config.build());
    visits.put("home", 1);
    visits.invoke(
        "home",
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + 1);
          return null;
        });
    System.out.println(visits.get("home"));
  }
}
// endregion
