package dev.larder.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.spi.OptionValues;
import java.net.URI;
import java.net.URISyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a URI is, it names servers or is refused with a message; nothing else happens. */
class RedisUriFuzzTest {
  @Property(tries = 1_000)
  void anyUriNamesServersOrIsRefused(@ForAll("uris") String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      return; // the application's to notice
    }
    try {
      OptionValues values = OptionValues.of(uri, RedisOptions.ALL);
      Addresses addresses = new Addresses(uri, values, RedisOptions.CONNECTION.limits(values));
      assertThat(addresses.all()).isNotEmpty();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).as(text).isNotNull().hasSizeGreaterThan(10);
    }
  }

  @Provide
  Arbitrary<String> uris() {
    Arbitrary<String> parts =
        Arbitraries.oneOf(
            Arbitraries.of(
                "/",
                "0",
                "?",
                "#",
                "@",
                ":",
                ",",
                "a",
                "h:1",
                "&",
                "=",
                "[::1]",
                "%00",
                "%2C",
                "timeout=1s",
                "timeout=",
                "database=5",
                "silence=1ms",
                "verifyPeer=CA",
                "x=y",
                "127.0.0.1",
                ":6379",
                ":65536",
                "sentinelMasterId=m",
                "inFlight=0"),
            Arbitraries.strings().ascii().ofMaxLength(3));
    return Combinators.combine(
            Arbitraries.of(Addresses.SCHEMES),
            Arbitraries.of("://", ":", ":/", "://h"),
            parts.list().ofMaxSize(6))
        .as((scheme, slashes, rest) -> scheme + slashes + String.join("", rest));
  }
}
