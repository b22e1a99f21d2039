/** The Redis backend, on Lettuce. */
module dev.larder.redis {
  requires dev.larder.core;
  requires io.netty.common;
  requires io.netty.transport;
  requires lettuce.core;
  requires reactor.core;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.redis;

  provides dev.larder.spi.RemoteStoreFactory with
      dev.larder.redis.RedisStoreFactory;
}
