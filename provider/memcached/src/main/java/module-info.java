/** The Memcached backend, on spymemcached. */
module dev.larder.memcached {
  requires dev.larder.core;
  requires spymemcached;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.larder.memcached;

  provides dev.larder.spi.RemoteStoreFactory with
      dev.larder.memcached.MemcachedStoreFactory;
}
