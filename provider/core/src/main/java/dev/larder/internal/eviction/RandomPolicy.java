package dev.larder.internal.eviction;

import java.util.ArrayList;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Nodes in no order. One that leaves stays in its place until it is drawn, or half have left. */
final class RandomPolicy implements NodePolicy {
  private static final byte LISTED = 1;

  private final ArrayList<BoundedNode<?>> places = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom();
  private int count;

  @Override
  public boolean read(BoundedNode<?> node) {
    return false;
  }

  @Override
  public void touch(BoundedNode<?> node) {}

  @Override
  public void add(BoundedNode<?> node) {
    places.add(node);
    node.state = LISTED;
    count++;
  }

  @Override
  public void remove(BoundedNode<?> node) {
    node.state = BoundedNode.NEW;
    count--;
    if (places.size() > 2 * count + 8) {
      places.removeIf(place -> !place.isIn());
    }
  }

  @Override
  public @Nullable BoundedNode<?> victim() {
    while (!places.isEmpty()) {
      int drawn = random.nextInt(places.size());
      BoundedNode<?> node = places.get(drawn);
      if (node.isIn()) {
        return node;
      }
      BoundedNode<?> last = places.remove(places.size() - 1);
      if (last != node) {
        places.set(drawn, last);
      }
    }
    return null;
  }
}
