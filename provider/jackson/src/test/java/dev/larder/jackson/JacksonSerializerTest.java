package dev.larder.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import dev.larder.spi.Serializer;
import dev.larder.tck.SerializerContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as others see it. */
class JacksonSerializerTest extends SerializerContract<JacksonSerializerTest.User> {
  record User(String name, int age, List<String> tags, Instant since) {}

  record Holder(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object anything) {}

  @Override
  protected Serializer<User> serializer() {
    return JacksonSerializer.of(User.class);
  }

  @Override
  protected Map<User, String> golden() {
    Map<User, String> golden = new LinkedHashMap<>();
    golden.put(
        new User("Zoë", 7, List.of("a", "b"), Instant.EPOCH),
        hex(
            "{\"age\":7,\"name\":\"Zoë\",\"since\":\"1970-01-01T00:00:00Z\",\"tags\":[\"a\",\"b\"]}"));
    golden.put(
        new User("\"\\\u0001\n\ud83e\uddc0", -1, List.of(), Instant.ofEpochMilli(1)),
        hex(
            "{\"age\":-1,\"name\":\"\\\"\\\\\\u0001\\n\ud83e\uddc0\",\"since\":\"1970-01-01T00:00:00.001Z\",\"tags\":[]}"));
    return golden;
  }

  @Override
  protected List<String> undecodable() {
    return List.of(
        "",
        hex("null"),
        hex("7"),
        hex("{"),
        hex("{\"age\":\"seven\"}"),
        hex("{\"age\":7} {}"),
        hex("{\"age\":7}x"),
        hex("[".repeat(100_000)),
        hex("{\"name\":{\"@class\":\"java.lang.ProcessBuilder\"}}"),
        "80049506000000000000008c026869942e"); // Python's pickle
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  @Test
  void propertiesOfAnotherVersionAreIgnored() {
    byte[] newer = "{\"age\":7,\"shoeSize\":{\"left\":43}}".getBytes(UTF_8);

    assertThat(serializer().decode(newer).age()).isEqualTo(7);
  }

  @Test
  void typeArgumentsAreKept() {
    Serializer<Map<String, List<Duration>>> serializer =
        JacksonSerializer.of(new TypeReference<>() {});
    Map<String, List<Duration>> value = Map.of("a", List.of(Duration.ofSeconds(90)));

    assertThat(serializer.encode(value)).asString().isEqualTo("{\"a\":[\"PT1M30S\"]}");
    assertThat(serializer.decode(serializer.encode(value))).isEqualTo(value);
    assertThat(serializer)
        .hasToString("JSON(java.util.Map<java.lang.String,java.util.List<java.time.Duration>>)");
  }

  @Test
  void untypedValuesAreWhatJsonSays() {
    Serializer<Object> serializer = JacksonSerializer.of(Object.class);
    byte[] text = "{\"@class\":\"java.lang.ProcessBuilder\",\"a\":[1,2.5,true]}".getBytes(UTF_8);

    assertThat(serializer.decode(text))
        .isEqualTo(Map.of("@class", "java.lang.ProcessBuilder", "a", List.of(1, 2.5, true)));
  }

  @Test
  void row70AnnotationCannotLetTextNameAnyClass() {
    byte[] text = "{\"anything\":{\"@class\":\"java.util.Date\",\"time\":1}}".getBytes(UTF_8);

    assertThatThrownBy(() -> JacksonSerializer.of(Holder.class).decode(text))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("PolymorphicTypeValidator");
  }

  @Test
  void row70DefaultTypingIsRefused() {
    ObjectMapper unsafe =
        JsonMapper.builder()
            .activateDefaultTyping(
                BasicPolymorphicTypeValidator.builder().allowIfSubType(Object.class).build(),
                ObjectMapper.DefaultTyping.NON_FINAL)
            .build();

    assertThatThrownBy(() -> JacksonSerializer.of(User.class, unsafe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("default typing");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99})
  void depthWithinTheLimitIsKept(int depth) {
    Serializer<Object> serializer = JacksonSerializer.of(Object.class);
    Object nested = nested(depth);

    assertThat(serializer.decode(serializer.encode(nested))).isEqualTo(nested);
  }

  @Test
  void row69DeeperValuesAreRefusedWhenWritten() {
    assertThatThrownBy(() -> JacksonSerializer.of(Object.class).encode(nested(101)))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void row69LongerValuesAreRefusedWhenWrittenAndWhenRead() {
    Serializer<String> serializer = JacksonSerializer.of(String.class);
    String tooLong = "x".repeat(JacksonSerializer.MAX_BYTES);

    assertThatThrownBy(() -> serializer.encode(tooLong)).hasMessageContaining("are allowed");
    assertThatThrownBy(() -> serializer.decode(("\"" + tooLong + "\"").getBytes(UTF_8)))
        .hasMessageContaining("are allowed");
  }

  @Test
  void mapperOfTheApplicationIsUsed() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
            .build();
    record Point(int x) {}

    Serializer<Point> serializer = JacksonSerializer.of(Point.class, mapper);

    assertThat(serializer.encode(new Point(3))).asString().isEqualTo("{\"X\":3}");
    assertThatThrownBy(() -> serializer.decode("{\"X\":3}{}".getBytes(UTF_8)))
        .hasMessageContaining("Trailing");
  }

  private static Object nested(int depth) {
    List<Object> nested = new ArrayList<>();
    for (int i = 1; i < depth; i++) {
      nested = new ArrayList<>(List.of(nested));
    }
    return nested;
  }
}
