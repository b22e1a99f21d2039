package dev.larder.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StripeTest {
  private static final int LENGTH = Stripe.COUNT * Stripe.GROUP;

  private final Node<String>[] bins = bins(LENGTH);
  private final Stripe<String> stripe = new Stripe<>(0, bins);

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
  private static Node<String>[] bins(int length) {
    return new Node[length];
  }

  private Node<String> push(int key) {
    Node<String> node = new Node<>(key, "value", Long.MAX_VALUE);
    int index = key & (bins.length - 1);
    assertThat(stripe.push(bins, Stripe.head(bins, index), node)).isTrue();
    return node;
  }

  @Test
  void aChainThatMovesBecomesTwo() {
    Node<String> first = push(3);
    Node<String> second = push(3 + LENGTH);
    Node<String> third = push(3 + 2 * LENGTH);
    Node<String>[] larger = bins(2 * LENGTH);

    stripe.moveTo(larger);

    assertThat(Stripe.head(larger, 3)).isSameAs(third);
    assertThat(third.next()).isSameAs(first);
    assertThat(first.next()).isNull();
    assertThat(Stripe.head(larger, 3 + LENGTH)).isSameAs(second);
    assertThat(second.next()).isNull();
  }

  @Test
  void readersOfTheOldArrayAreNotLeftWithNodesThatMayBeReplaced() {
    push(3);

    stripe.moveTo(bins(2 * LENGTH));

    assertThat(Stripe.head(bins, 3)).isNull();
    assertThat(stripe.areIn(bins)).isFalse();
  }

  @Test
  void aChainThatChangedTakesNoNode() {
    push(3);

    Node<String> late = new Node<>(3 + LENGTH, "value", Long.MAX_VALUE);

    assertThat(stripe.push(bins, null, late)).isFalse();
  }
}
