package dev.larder.benchmarks.hitratio;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.larder.Eviction;
import dev.larder.LarderConfiguration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;

/** A cache whose hits are counted. */
enum Candidate {
  /** The optimum, which knows the future: what is needed again last goes first. */
  BELADY("Belady") {
    @Override
    int hits(Trace trace, int capacity) {
      return beladyHits(trace, capacity);
    }
  },

  /** The yardstick: exact LRU, in a linked map. */
  EXACT_LRU("exact LRU") {
    @Override
    int hits(Trace trace, int capacity) {
      Map<Integer, Integer> cache =
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
              return size() > capacity;
            }
          };
      int hits = 0;
      for (int key : trace.keys()) {
        if (cache.get(key) != null) {
          hits++;
        } else {
          cache.put(key, key);
        }
      }
      return hits;
    }
  },

  /** Caffeine with a maximum size; what it does in the background, it does at once. */
  CAFFEINE("Caffeine") {
    @Override
    int hits(Trace trace, int capacity) {
      com.github.benmanes.caffeine.cache.Cache<Integer, Integer> cache =
          Caffeine.newBuilder().maximumSize(capacity).executor(Runnable::run).build();
      int hits = 0;
      for (Integer key : boxed(trace)) {
        if (cache.getIfPresent(key) != null) {
          hits++;
        } else {
          cache.put(key, key);
          cache.cleanUp();
        }
      }
      return hits;
    }
  },

  TINY_LFU(Eviction.TINY_LFU),
  LRU(Eviction.LRU),
  LFU(Eviction.LFU),
  FIFO(Eviction.FIFO),
  SIEVE(Eviction.SIEVE),
  S3_FIFO(Eviction.S3_FIFO),
  RANDOM(Eviction.RANDOM);

  private final String title;
  private final Eviction eviction;

  Candidate(String title) {
    this.title = title;
    this.eviction = null;
  }

  Candidate(Eviction eviction) {
    this.title = eviction.toString();
    this.eviction = eviction;
  }

  String title() {
    return title;
  }

  /** Plays a trace through a cache that is empty, and returns how many accesses it answered. */
  int hits(Trace trace, int capacity) {
    try (CacheManager manager = manager()) {
      Cache<Integer, Integer> cache =
          manager.createCache(
              name(),
              LarderConfiguration.builder(Integer.class, Integer.class)
                  .storeByValue(false)
                  .maxEntries(capacity)
                  .evictionPolicy(eviction)
                  .build());
      int hits = 0;
      for (Integer key : boxed(trace)) {
        if (cache.get(key) != null) {
          hits++;
        } else {
          cache.put(key, key);
        }
      }
      manager.destroyCache(name());
      return hits;
    }
  }

  private static CacheManager manager() {
    return Caching.getCachingProvider("dev.larder.LarderCachingProvider").getCacheManager();
  }

  private static Iterable<Integer> boxed(Trace trace) {
    return Arrays.stream(trace.keys())::iterator;
  }

  private static int beladyHits(Trace trace, int capacity) {
    int[] keys = trace.keys();
    int[] nextUses = nextUses(trace);
    int[] nextUseOf = new int[trace.distinct()];
    Arrays.fill(nextUseOf, -1);
    // Accesses by the next use of their key, the farthest first; some are out of date.
    PriorityQueue<Integer> farthest =
        new PriorityQueue<>((a, b) -> Integer.compare(nextUses[b], nextUses[a]));
    int size = 0;
    int hits = 0;
    for (int access = 0; access < keys.length; access++) {
      if (nextUseOf[keys[access]] >= 0) {
        hits++;
      } else {
        while (size == capacity) {
          int candidate = farthest.remove();
          if (nextUseOf[keys[candidate]] == nextUses[candidate]) {
            nextUseOf[keys[candidate]] = -1;
            size--;
          }
        }
        size++;
      }
      nextUseOf[keys[access]] = nextUses[access];
      farthest.add(access);
    }
    return hits;
  }

  /** Returns for each access when its key is used again; each number but the greatest once. */
  private static int[] nextUses(Trace trace) {
    int[] keys = trace.keys();
    int[] next = new int[trace.distinct()];
    Arrays.fill(next, Integer.MAX_VALUE);
    int[] nextUses = new int[keys.length];
    for (int access = keys.length - 1; access >= 0; access--) {
      nextUses[access] = next[keys[access]];
      next[keys[access]] = access;
    }
    return nextUses;
  }
}
