package dev.larder.internal.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImmutabilityTest {
  private final Immutability immutability = new Immutability();

  @ParameterizedTest
  @ValueSource(
      classes = {
        String.class,
        Integer.class,
        Boolean.class,
        BigDecimal.class,
        UUID.class,
        File.class,
        Class.class,
        Instant.class,
        TimeUnit.class,
        Point.class,
        Segment.class,
        Nothing.class,
        Shape.class,
        WithShape.class
      })
  void neverChanges(Class<?> type) {
    assertThat(immutability.isImmutable(type)).isTrue();
    assertThat(immutability.isImmutable(type)).as("remembered").isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Object.class,
        Date.class,
        AtomicLong.class,
        int[].class,
        String[].class,
        List.class,
        Optional.class,
        Number.class,
        WithList.class,
        WithArray.class,
        WithDate.class,
        WithNumber.class,
        Box.class,
        WithOpenDecimal.class,
        Chain.class,
        Ping.class,
        DeepDown.class
      })
  void mayChange(Class<?> type) {
    assertThat(immutability.isImmutable(type)).isFalse();
    assertThat(immutability.isImmutable(type)).as("remembered").isFalse();
  }

  /** A constant with a body has a class of its own. */
  @Test
  void constantWithABodyNeverChanges() {
    Object round = Shape.ROUND;

    assertThat(round.getClass()).isNotSameAs(Shape.class);
    assertThat(immutability.isImmutable(round.getClass())).isTrue();
  }

  record Point(int x, long y) {}

  record Segment(Point from, Point to, String name, Instant at) {}

  record Nothing() {}

  record WithShape(Shape shape, LocalDate day) {}

  enum Shape {
    ROUND {
      @Override
      int corners() {
        return 0;
      }
    };

    abstract int corners();
  }

  record WithList(String name, List<String> names) {}

  @SuppressWarnings("ArrayRecordComponent") // just that is tested
  record WithArray(int[] numbers) {}

  record WithDate(Date date) {}

  record WithNumber(Number number) {}

  record Box<T>(T content) {}

  /** Decimals may be of a subclass, which may do anything. */
  record WithOpenDecimal(BigDecimal amount) {}

  record Chain(String name, Chain next) {}

  record Ping(Pong pong) {}

  record Pong(Ping ping) {}

  record DeepDown(Segment segment, Box<String> box) {}
}
