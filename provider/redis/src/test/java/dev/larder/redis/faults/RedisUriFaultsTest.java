package dev.larder.redis.faults;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import javax.cache.CacheException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URIs that say what cannot be meant; none of them leads to a connection. */
@DisplayName("108-110: a URI that is not valid is refused")
class RedisUriFaultsTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          redis://u:canary@localhost?timout=1s           | there is no parameter 'timout'; did you mean 'timeout'?
          redis://u:canary@localhost?Timeout=1s          | there is no parameter 'Timeout'
          redis://u:canary@localhost?timeout             | timeout= is not allowed
          redis://u:canary@localhost?timeout=            | timeout= is not allowed
          redis://u:canary@localhost?timeout=1s&timeout=2s | 'timeout' is given twice
          redis://u:canary@localhost?timout=1s&inFlight=0 | 'timout'; did you mean 'timeout'? There are clientName, coalesce, connectTimeout, database, inFlight, keyStore, libraryName, libraryVersion, namespace, reconnectPause, sentinelMasterId, silence, timeout, trustStore, undecodable, verifyPeer; inFlight=0 is not allowed
          rediss://localhost?trustStorePassword=canary   | there is no parameter 'trustStorePassword'
          redis://u:canary@localhost?timeout=500         | timeout=500 is not allowed; it is a time from 10ms to 1h, such as 500ms
          redis://u:canary@localhost?timeout=NaN         | timeout=NaN is not allowed
          redis://u:canary@localhost?timeout=-1s         | timeout=-1s is not allowed
          redis://u:canary@localhost?timeout=0ms         | timeout=0ms is not allowed
          redis://u:canary@localhost?timeout=99999999999999999999s | timeout=99999999999999999999s is not allowed
          redis://u:canary@localhost?connectTimeout=2d   | connectTimeout=2d is not allowed
          redis://u:canary@localhost?inFlight=0          | inFlight=0 is not allowed; it is a number from 1 to 1000000
          redis://u:canary@localhost?inFlight=2e3        | inFlight=2e3 is not allowed
          redis://u:canary@localhost?timeout=2s&silence=1s | silence=1000ms is not allowed; it must be at least timeout, which is 2000ms
          redis://u:canary@localhost?reconnectPause=1ms  | reconnectPause=1ms is not allowed
          redis://u:canary@localhost?verifyPeer=perhaps  | verifyPeer=perhaps is not allowed; it is one of FULL, CA, NONE
          redis://u:canary@localhost?database=first      | database=first is not allowed
          redis://u:canary@localhost/first               | the path '/first' is not allowed
          redis://u:canary@localhost/-1                  | the path '/-1' is not allowed
          redis://u:canary@localhost:0                   | the port 0 is not allowed
          redis://u:canary@localhost:70000               | the port 70000 is not allowed
          redis:localhost                                | names no host
          redis://                                       | names no host
          redis-cluster://,                              | names no host
          redis-socket:///run/redis.sock                 | no backend belongs to the URI 'redis-socket:///run/redis.sock'; the class path has backends for the schemes
          redis-sentinel://u:canary@localhost            | sentinelMasterId
          redis-cluster://u:canary@localhost:70000       | the port 70000 is not allowed
          """)
  void refused(String uri, String reason) {
    URI parsed = uri.equals("redis://") ? URI.create("redis:///") : URI.create(uri);
    assertThatThrownBy(() -> Caches.manager(parsed))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("canary");
  }
}
