package dev.larder.spi;

import dev.larder.Eviction;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RemoteStore} as one bounded cache sees it: keys of that cache, no more of them than it
 * may have. Whatever stores an entry evicts others, if there are too many, before its stage is
 * done.
 *
 * <p>Everybody who uses the cache with a bound on the same server shares one order and one bound,
 * those that were set last. What other programs store is counted once it is used.
 */
public interface BoundedStore extends RemoteStore {

  /**
   * Sets policy and bound for all who use the cache, and evicts what does not fit. Entries that fit
   * stay, in the order in which the previous policy would have evicted them.
   *
   * @param policy one that {@link RemoteStore#bounded} accepts
   * @param maxEntries the greatest number of entries, at least 1
   */
  CompletionStage<@Nullable Void> change(Eviction policy, long maxEntries);

  /**
   * Tells the server which entries were read, without waiting, as far as it has not been told; the
   * store stays open.
   */
  @Override
  void close();
}
