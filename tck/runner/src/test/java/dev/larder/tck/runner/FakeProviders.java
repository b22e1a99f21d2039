package dev.larder.tck.runner;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheManager;
import javax.cache.spi.CachingProvider;
import org.jsr107.ri.spi.RICachingProvider;

/** Providers that are watched, or that misbehave. */
final class FakeProviders {

  private FakeProviders() {}

  /** Makes a folder that puts these providers on a class path. */
  static void register(Path folder, List<String> providers) throws IOException {
    var services = Files.createDirectories(folder.resolve("META-INF").resolve("services"));
    Files.write(services.resolve(CachingProvider.class.getName()), providers);
  }

  /** Notes what is done with its manager, which does not unwrap to its own class. */
  public static final class Guarded extends RICachingProvider {
    static final List<String> CALLS = new ArrayList<>();

    @Override
    public synchronized CacheManager getCacheManager(
        URI uri, ClassLoader loader, Properties properties) {
      var manager = super.getCacheManager(uri, loader, properties);
      return (CacheManager)
          Proxy.newProxyInstance(
              FakeProviders.class.getClassLoader(),
              new Class<?>[] {CacheManager.class},
              (proxy, method, arguments) -> {
                CALLS.add(method.getName());
                try {
                  return method.invoke(manager, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public synchronized void close() {
      CALLS.add("close provider");
      super.close();
    }
  }

  /** Does not start. */
  public static final class Refusing extends RICachingProvider {
    @Override
    public synchronized CacheManager getCacheManager(
        URI uri, ClassLoader loader, Properties properties) {
      throw new IllegalStateException("the store is not there");
    }
  }

  /** Never answers. */
  public static final class Hanging extends RICachingProvider {
    @Override
    public synchronized CacheManager getCacheManager(
        URI uri, ClassLoader loader, Properties properties) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return super.getCacheManager(uri, loader, properties);
    }
  }

  /** Ends the JVM as if all were well. */
  public static final class Exiting extends RICachingProvider {
    @Override
    public synchronized CacheManager getCacheManager(
        URI uri, ClassLoader loader, Properties properties) {
      System.exit(0);
      return super.getCacheManager(uri, loader, properties);
    }
  }

  /** Keeps the JVM from ending. */
  public static final class NeverEnding extends RICachingProvider {
    public NeverEnding() {
      Runtime.getRuntime().addShutdownHook(new Thread(new Hanging()::getCacheManager));
    }
  }
}
