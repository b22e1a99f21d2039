package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.tck.runner.FakeProviders.Guarded;
import dev.larder.tck.runner.FakeProviders.Hanging;
import dev.larder.tck.runner.FakeProviders.Refusing;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.cache.Caching;
import org.jsr107.ri.spi.RICachingProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderProbeTest {

  @TempDir Path folder;

  @Test
  void findsTheClassesOfTheOneProvider() {
    var targets = ProviderProbe.find(getClass().getClassLoader()).unwrapTargets();

    assertThat(targets)
        .containsExactly(
            new UnwrapTarget("javax.cache.CacheManager", "org.jsr107.ri.RICacheManager", true),
            new UnwrapTarget("javax.cache.Cache", "org.jsr107.ri.RICache", true),
            new UnwrapTarget("javax.cache.Cache.Entry", "org.jsr107.ri.RIEntry", true));
  }

  @Test
  void namesTheProviderAndItsJar() {
    assertThat(ProviderProbe.find(getClass().getClassLoader()))
        .asString()
        .startsWith(RICachingProvider.class.getName() + " in ")
        .endsWith("cache-ri-impl-1.1.1.jar");
  }

  @Test
  void leavesNoTrace() throws Exception {
    Guarded.CALLS.clear();

    var targets = probe(Guarded.class).unwrapTargets();

    assertThat(Guarded.CALLS)
        .containsSubsequence("createCache", "destroyCache", "close", "close provider")
        .endsWith("close provider");
    assertThat(targets).extracting(UnwrapTarget::accepted).containsExactly(false, true, true);
  }

  @Test
  void withoutAProviderThereIsNothingToTest() {
    assertThatThrownBy(() -> ProviderProbe.find(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(SetUpException.class)
        .hasMessage("no JCache provider is on the class path; add one");
  }

  @Test
  void severalProvidersAreNamed() {
    assertThatThrownBy(() -> probe(Hanging.class, Refusing.class))
        .isInstanceOf(SetUpException.class)
        .hasMessageContaining(Hanging.class.getName() + ", " + Refusing.class.getName());
  }

  @Test
  void missingProviderClassIsNamed() {
    assertThatThrownBy(() -> probe(List.of("no.such.Provider")))
        .isInstanceOf(SetUpException.class)
        .hasMessageContaining("no.such.Provider");
  }

  @Test
  void providerThatDoesNotStartIsNamedWithItsReason() throws Exception {
    var probe = probe(Refusing.class);

    assertThatThrownBy(probe::unwrapTargets)
        .isInstanceOf(SetUpException.class)
        .hasMessageContaining(Refusing.class.getName())
        .hasMessageContaining("the store is not there");
  }

  @Test
  void systemPropertyThatTheTckWouldClearIsRefused() {
    System.setProperty(Caching.JAVAX_CACHE_CACHING_PROVIDER, Hanging.class.getName());
    try {
      assertThatThrownBy(() -> ProviderProbe.find(getClass().getClassLoader()))
          .isInstanceOf(SetUpException.class)
          .hasMessageContaining(Caching.JAVAX_CACHE_CACHING_PROVIDER);
    } finally {
      System.clearProperty(Caching.JAVAX_CACHE_CACHING_PROVIDER);
    }
  }

  private ProviderProbe probe(Class<?>... providers) throws Exception {
    return probe(Arrays.stream(providers).map(Class::getName).toList());
  }

  /** Sees these providers, but not the one that is on the class path of the tests. */
  private ProviderProbe probe(List<String> providers) throws Exception {
    FakeProviders.register(folder, providers);
    try (var loader =
        new URLClassLoader(
            new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            return Class.forName(name, false, ProviderProbeTest.class.getClassLoader());
          }
        }) {
      return ProviderProbe.find(loader);
    }
  }
}
