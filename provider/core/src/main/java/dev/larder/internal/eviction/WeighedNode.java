package dev.larder.internal.eviction;

/**
 * A stored entry of a cache that is bounded by weight.
 *
 * @param <V> the type of the value
 */
public final class WeighedNode<V> extends BoundedNode<V> {
  /** Guarded by the bound's lock. */
  private int weight;

  /** Makes a node of a weight. */
  public WeighedNode(Object key, Object value, long deadline, int weight) {
    super(key, value, deadline);
    this.weight = weight;
  }

  @Override
  long weight() {
    return weight;
  }

  void setWeight(int newWeight) {
    weight = newWeight;
  }
}
