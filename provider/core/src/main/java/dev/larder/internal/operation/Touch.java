package dev.larder.internal.operation;

import static java.util.Objects.requireNonNull;

import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sets how long a live entry goes on to live; the answer is whether there is one.
 *
 * @param <V> the type of the value
 */
public final class Touch<V> extends EntryOperation<V, Boolean> {

  /** Sets the time to live, counted from now. */
  public Touch(Duration timeToLive) {
    lasting(requireNonNull(timeToLive));
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live != null) {
      expireAnew(expiry);
    }
  }

  @Override
  public Boolean result() {
    return before() != null;
  }

  @Override
  public Need need() {
    return Need.PRESENCE;
  }
}
