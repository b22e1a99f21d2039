package dev.larder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spi.Serializer;
import java.io.Serial;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Serializers by themselves, and what they do for caches in memory. */
class SerializersTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager =
      provider.getCacheManager(URI.create("memory:serializers"), null);

  @AfterEach
  void close() {
    provider.close();
  }

  /** Not serializable, and mutable. */
  static final class Point {
    int x;

    Point(int x) {
      this.x = x;
    }
  }

  /** One byte; refuses other lengths, and values that do not fit. */
  public static final class PointSerializer implements Serializer<Point> {
    @Serial private static final long serialVersionUID = 1L;

    /** Creates one. */
    public PointSerializer() {}

    @Override
    public byte[] encode(Point value) {
      if (value.x != (byte) value.x) {
        throw new IllegalArgumentException(value.x + " is no byte");
      }
      return new byte[] {(byte) value.x};
    }

    @Override
    public Point decode(byte[] bytes) {
      return new Point(bytes[0]);
    }
  }

  /** Cannot be created. */
  static final class Hidden implements Serializer<Point> {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public byte[] encode(Point value) {
      return new byte[0];
    }

    @Override
    public Point decode(byte[] bytes) {
      return new Point(0);
    }
  }

  private Cache<String, Point> points(Serializer<Point> serializer) {
    return manager.createCache(
        "points",
        LarderConfiguration.builder(String.class, Point.class).serializer(serializer).build());
  }

  @Test
  void encodeAndDecodeAreEachOthersInverse() {
    Instant date = Instant.EPOCH;

    assertThat(Serializers.string().encode("é")).containsExactly(0xc3, 0xa9);
    assertThat(Serializers.number(Long.class).decode(new byte[] {'4', '2'})).isEqualTo(42L);
    assertThat(Serializers.bytes().decode(Serializers.bytes().encode(new byte[] {1, 2})))
        .containsExactly(1, 2);
    assertThat(Serializers.jdk().decode(Serializers.jdk().encode(date))).isEqualTo(date);
  }

  @Test
  void jdkReadsOnlyWhatIsAllowed() {
    byte[] bytes = Serializers.jdk().encode(Thread.State.NEW);

    assertThatThrownBy(() -> Serializers.jdk().decode(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not allowed");
    assertThat(Serializers.jdk(Thread.State.class).decode(bytes)).isEqualTo(Thread.State.NEW);
  }

  @Test
  void memoryCopiesMutableValuesByTheSerializer() {
    Cache<String, Point> points = points(new PointSerializer());
    Point mine = new Point(1);

    points.put("a", mine);
    mine.x = 2;
    points.get("a").x = 3;

    assertThat(points.get("a").x).isEqualTo(1);
  }

  @Test
  void identityKeepsTheObject() {
    Cache<String, Point> points = points(Serializers.identity());
    Point mine = new Point(1);

    points.put("a", mine);

    assertThat(points.get("a")).isSameAs(mine);
  }

  @Test
  void valueThatTheSerializerRefusesIsNamed() {
    Cache<String, Point> points = points(new PointSerializer());

    assertThatThrownBy(() -> points.put("a", new Point(1_000)))
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll("cache 'points'", "PointSerializer", "Point", "1000 is no byte");
    assertThat(points.containsKey("a")).isFalse();
  }

  @Test
  void classIsAsGoodAsAnInstance() {
    LarderConfiguration<String, Point> configuration =
        LarderConfiguration.builder(String.class, Point.class)
            .serializer(PointSerializer.class)
            .build();

    assertThat(configuration.serializer()).isInstanceOf(PointSerializer.class);
    assertThat(configuration.toBuilder().build().serializer()).isSameAs(configuration.serializer());
  }

  @Test
  void classThatCannotBeCreatedIsRefusedAtOnce() {
    assertThatThrownBy(
            () -> LarderConfiguration.builder(String.class, Point.class).serializer(Hidden.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Hidden", "public constructor");
  }

  @Test
  void configurationsWithEqualSerializersAreEqual() {
    assertThat(
            LarderConfiguration.builder(String.class, String.class)
                .serializer(Serializers.string())
                .build())
        .isEqualTo(
            LarderConfiguration.builder(String.class, String.class)
                .serializer(Serializers.string())
                .build())
        .isNotEqualTo(LarderConfiguration.builder(String.class, String.class).build());
  }

  @Test
  void jdkSerializerCopiesAsNoSerializerDoes() {
    @SuppressWarnings("unchecked") // a class has no type arguments
    Class<List<?>> type = (Class<List<?>>) (Class<?>) List.class;
    LarderConfiguration.Builder<String, List<?>> configuration =
        LarderConfiguration.builder(String.class, type);
    Cache<String, List<?>> lists =
        manager.createCache("lists", configuration.serializer(Serializers.jdk()).build());
    List<String> mine = new ArrayList<>(List.of("a"));

    lists.put("k", mine);
    mine.clear();

    assertThat(lists.get("k")).isEqualTo(List.of("a"));
  }
}
