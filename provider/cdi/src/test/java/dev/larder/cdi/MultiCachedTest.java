package dev.larder.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code @MultiCached}. */
@ParameterizedClass
@EnumSource(Backend.class)
class MultiCachedTest {
  private static Deployment deployment;

  @Parameter Backend backend;

  private final Library library = deployment.bean(Library.class);

  @BeforeParameterizedClassInvocation
  static void deploy(Backend backend) {
    var manager = backend.open();
    if (manager.getCache("default") == null) {
      manager.createCache("default", new MutableConfiguration<>());
    }
    deployment = Deployment.of(manager, Library.class);
  }

  @AfterParameterizedClassInvocation
  static void undeploy() {
    deployment.close();
  }

  @BeforeEach
  void clear() {
    deployment.clear();
  }

  @Test
  void methodIsCalledWithTheMissingKeysOnly() {
    assertThat(library.titles(List.of(1, 2))).isEqualTo(Map.of(1, "title 1", 2, "title 2"));

    assertThat(library.titles(List.of(3, 1, 4)).keySet()).containsExactly(3, 1, 4);
    assertThat(library.asked()).containsExactly(List.of(1, 2), List.of(3, 4));
  }

  @Test
  void methodIsNotCalledIfAllIsKept() {
    library.titles(List.of(1, 2));
    library.titles(List.of(2, 1));

    assertThat(library.asked()).hasSize(1);
  }

  @Test
  void keysThatNothingIsFoundForAreMissing() {
    assertThat(library.titles(List.of(1, -1))).containsOnlyKeys(1);
    library.titles(List.of(1, -1));

    assertThat(library.asked()).containsExactly(List.of(1, -1), List.of(-1));
  }

  @Test
  void parameterMayBeASetOrACollection() {
    assertThat(library.ofSet(Set.of(1))).containsOnlyKeys(1);
    assertThat(library.ofCollection(List.of(1))).containsOnlyKeys(1);
  }

  @Test
  void otherArgumentsArePartOfTheKeys() {
    assertThat(library.translated("de", List.of(1))).isEqualTo(Map.of(1, "de 1"));
    assertThat(library.translated("fr", List.of(1))).isEqualTo(Map.of(1, "fr 1"));
  }

  @Test
  void templateGivesTheKeysThatCachedHas() {
    assertThat(library.book(1)).isEqualTo("book 1");
    library.books(List.of(1, 2));

    assertThat(library.asked()).containsExactly(List.of(2));
    Cache<Object, Object> cache = deployment.manager().getCache("default");
    assertThat(cache.get("book:2")).isEqualTo("title 2");
  }

  @Test
  void stageOfAMapIsKept() {
    assertThat(library.later(List.of(1)).toCompletableFuture().join()).containsOnlyKeys(1);
    assertThat(library.later(List.of(1, 2)).toCompletableFuture().join()).containsOnlyKeys(1, 2);

    assertThat(library.asked()).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void exceptionOfTheMethodReachesTheCaller() {
    assertThatThrownBy(() -> library.failing(List.of(1)))
        .isInstanceOf(IOException.class)
        .hasMessage("down");
  }

  @Test
  void nullInsteadOfKeysIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> library.titles(null))
        .withMessageContaining("@MultiCached on " + Library.class.getName() + ".titles(");
  }

  /** A bean that notes what it is asked for. */
  static class Library {
    private final List<List<Integer>> asked = new ArrayList<>();

    public List<List<Integer>> asked() {
      return asked;
    }

    private Map<Integer, String> find(String what, Collection<Integer> ids) {
      asked.add(List.copyOf(ids));
      var found = new LinkedHashMap<Integer, String>();
      ids.stream().filter(id -> id > 0).forEach(id -> found.put(id, what + " " + id));
      return found;
    }

    @MultiCached(keys = "ids")
    public Map<Integer, String> titles(List<Integer> ids) {
      return find("title", ids);
    }

    @MultiCached(keys = "0")
    public Map<Integer, String> ofSet(Set<Integer> ids) {
      return find("title", ids);
    }

    @MultiCached(keys = "ids")
    public Map<Integer, String> ofCollection(Collection<Integer> ids) {
      return find("title", ids);
    }

    @MultiCached(keys = "ids")
    public Map<Integer, String> translated(String language, List<Integer> ids) {
      return find(language, ids);
    }

    @Cached(key = "book:{id}")
    public String book(int id) {
      return "book " + id;
    }

    @MultiCached(keys = "ids", key = "book:{ids}")
    public Map<Integer, String> books(List<Integer> ids) {
      return find("title", ids);
    }

    @MultiCached(keys = "ids")
    public CompletionStage<Map<Integer, String>> later(List<Integer> ids) {
      return CompletableFuture.completedFuture(find("title", ids));
    }

    @MultiCached(keys = "ids")
    public Map<Integer, String> failing(List<Integer> ids) throws IOException {
      throw new IOException("down");
    }
  }
}
