package dev.larder.internal.eviction;

/**
 * A stored entry of a cache that is bounded by weight.
 *
 * @param <V> the type of the value
 */
public final class WeighedNode<V> extends BoundedNode<V> {
  /** Guarded by the bound's lock. */
  private int weight;

  /** Makes a node that weighs nothing yet. */
  public WeighedNode(Object key, Object content, long deadline) {
    super(key, content, deadline);
  }

  @Override
  long weight() {
    return weight;
  }

  @Override
  long reweigh(int newWeight) {
    long difference = newWeight - (long) weight;
    weight = newWeight;
    return difference;
  }
}
