package dev.larder.docs.snippets;

import dev.larder.cdi.Cached;
import dev.larder.cdi.MultiCached;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A bean with Larder's own annotations. */
// region
class OwnAnnotations {
  @Cached(key = "price:{isbn}", timeToLive = "PT10M", singleFlight = true)
  public int price(String isbn) {
    return isbn.length();
  }

  @MultiCached(keys = "isbns", key = "price:{isbns}", timeToLive = "PT10M")
  public Map<String, Integer> prices(List<String> isbns) {
    var prices = new TreeMap<String, Integer>();
    isbns.forEach(isbn -> prices.put(isbn, isbn.length()));
    return prices;
  }
}
// endregion
