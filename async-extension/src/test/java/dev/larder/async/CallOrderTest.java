package dev.larder.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallOrderTest {
  private static final int MAX_IN_FLIGHT = 40;

  /** The calls that have entered and not left, in their order. */
  private final List<Guest> guests = new ArrayList<>();

  private final CallOrder<Guest> order = new CallOrder<>("test", MAX_IN_FLIGHT);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void callsStartAsSoonAsNoEarlierOneIsInTheirWay(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < 5_000; step++) {
      if (guests.size() < MAX_IN_FLIGHT && random.nextInt(20) < 11) {
        enter(new Guest(randomScope(random)));
      } else if (!guests.isEmpty()) {
        leave(random);
      }
      checkWhoHasStarted();
    }
    while (!guests.isEmpty()) {
      leave(random);
      checkWhoHasStarted();
    }
    assertThat(order.isEmpty()).isTrue();
  }

  @Test
  void tooManyCallsAreRefusedWithAReason() {
    for (int i = 0; i < MAX_IN_FLIGHT; i++) {
      enter(new Guest(Scope.reading(List.of(i))));
    }
    assertThatThrownBy(() -> enter(new Guest(Scope.reading(List.of("one more")))))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage(
            "cache 'test': 40 calls are in flight, as many as maxInFlight allows; wait for some of"
                + " them, or raise AsyncCache.Settings.maxInFlight");
    order.leave(guests.remove(0).place);
    enter(new Guest(Scope.reading(List.of("one more"))));
  }

  @Test
  void aKeyThatChangesDuringItsCallLeavesNothing() {
    List<String> key = new ArrayList<>(List.of("a"));
    Guest first = enter(new Guest(Scope.changing(List.of(key))));
    Guest second = enter(new Guest(Scope.changing(List.of(new ArrayList<>(key)))));
    key.add("b");
    assertThat(order.leave(first.place)).containsExactly(second);
    assertThat(order.leave(second.place)).isEmpty();
    assertThat(order.isEmpty()).isTrue();
  }

  @Test
  void aKeyThatCannotBeComparedLeavesNothing() {
    Guest first = enter(new Guest(Scope.changing(List.of(new Incomparable()))));
    assertThatThrownBy(
            () -> enter(new Guest(Scope.changing(List.of("a", new Incomparable(), "b")))))
        .isInstanceOf(ClassCastException.class);
    order.leave(first.place);
    assertThat(order.isEmpty()).isTrue();
  }

  @Test
  void aCallLeavesOnce() {
    Guest first = enter(new Guest(Scope.changing(List.of("a"))));
    Guest second = enter(new Guest(Scope.changing(List.of("a"))));
    Guest third = enter(new Guest(Scope.changing(List.of("a"))));
    assertThat(order.leave(first.place)).containsExactly(second);
    assertThat(order.leave(first.place)).isEmpty();
    assertThat(order.leave(second.place)).containsExactly(third);
  }

  private Guest enter(Guest guest) {
    guest.started = order.enter(guest.place);
    guests.add(guest);
    return guest;
  }

  private void leave(Random random) {
    List<Guest> started = guests.stream().filter(guest -> guest.started).toList();
    Guest leaving = started.get(random.nextInt(started.size()));
    guests.remove(leaving);
    for (Guest next : order.leave(leaving.place)) {
      assertThat(next.started).isFalse();
      next.started = true;
    }
  }

  private void checkWhoHasStarted() {
    for (int i = 0; i < guests.size(); i++) {
      Guest guest = guests.get(i);
      boolean inTheWay = guests.subList(0, i).stream().anyMatch(guest::conflictsWith);
      assertThat(guest.started).isEqualTo(!inTheWay);
    }
  }

  private static Scope randomScope(Random random) {
    if (random.nextInt(30) == 0) {
      return Scope.WHOLE_CACHE;
    }
    List<Key> keys =
        IntStream.range(0, 12).filter(i -> random.nextInt(12) < 2).mapToObj(Key::new).toList();
    return random.nextBoolean() ? Scope.reading(keys) : Scope.changing(keys);
  }

  private static final class Guest {
    private final Scope scope;
    private final CallOrder.Place<Guest> place;
    private boolean started;

    private Guest(Scope scope) {
      this.scope = scope;
      this.place = new CallOrder.Place<>(scope, this);
    }

    private boolean conflictsWith(Guest other) {
      boolean shareKeys =
          scope.wholeCache()
              || other.scope.wholeCache()
              || scope.keys().stream().anyMatch(other.scope.keys()::contains);
      return shareKeys && (scope.change() || other.scope.change());
    }
  }

  /** A key that shares its hash code with others. */
  private record Key(int id) {
    @Override
    public int hashCode() {
      return id % 3;
    }
  }

  private static final class Incomparable {
    @Override
    public boolean equals(Object other) {
      throw new ClassCastException();
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
