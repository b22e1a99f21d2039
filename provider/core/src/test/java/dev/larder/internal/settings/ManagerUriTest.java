package dev.larder.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagerUriTest {
  @ParameterizedTest
  @CsvSource({
    "redis://host/1, redis://host/1",
    "redis://user:secret@host/1, redis://host/1",
    "redis://:secret@host?password=secret, redis://host?password=***",
    "redis://user:sec?ret@host/1?timeout=1s, redis://host/1?timeout=1s",
    "redis://user:1?ret@host, redis://host",
    "redis://:sec#ret@host, redis://host",
    "redis://secret@, redis:///",
    "redis:secret@/, redis:/",
    "larder:a@b, larder:a@b"
  })
  void whatMayBeAPasswordIsNotShown(URI uri, URI shown) {
    assertThat(ManagerUri.withoutUserInfo(uri)).isEqualTo(shown);
  }
}
