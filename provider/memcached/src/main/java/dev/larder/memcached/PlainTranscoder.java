package dev.larder.memcached;

import net.spy.memcached.transcoders.SerializingTranscoder;

/**
 * What the driver's own client makes of values: text, numbers and bytes, with the driver's flags.
 * It neither compresses nor writes Java objects, nor builds any from what a server sends.
 */
final class PlainTranscoder extends SerializingTranscoder {
  PlainTranscoder() {
    setCompressionThreshold(Integer.MAX_VALUE);
  }

  @Override
  protected byte[] serialize(Object value) {
    throw new IllegalArgumentException(
        "a %s is neither text nor a number nor bytes; give the client's methods a transcoder of your own"
            .formatted(value.getClass().getName()));
  }

  @Override
  protected Object deserialize(byte[] bytes) {
    throw new IllegalStateException(
        "the value is a serialized Java object, which this client does not read; give the client's methods a transcoder of your own");
  }
}
