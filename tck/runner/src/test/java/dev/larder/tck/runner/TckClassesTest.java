package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TckClassesTest {

  private final ClassLoader loader = getClass().getClassLoader();

  @Test
  void findsTheReleasedTck() throws Exception {
    var classes = TckClasses.find(loader, false);

    assertThat(classes.jar()).endsWith("cache-tests-1.1.1-tests.jar");
    assertThat(classes.names()).hasSize(40).isSorted();
    assertThat(Suite.of(classes.names(), loader, null).testNames()).hasSize(481);
  }

  @Test
  void findsTheAnnotationTests() throws Exception {
    var classes = TckClasses.find(loader, true);

    assertThat(classes.names()).hasSize(3);
    assertThat(Suite.of(classes.names(), loader, null).testNames()).hasSize(12);
  }

  @Test
  void takesTheClassThatOtherRunnersMiss() {
    assertThat(TckClasses.isTest("javax/cache/configuration/FactoryBuilderTest1.class")).isTrue();
  }

  @Test
  void leavesAbstractAndNestedClasses() {
    assertThat(TckClasses.isTest("org/jsr107/tck/AbstractCacheTest.class")).isFalse();
    assertThat(TckClasses.isTest("org/jsr107/tck/CacheTest$InnerTest.class")).isFalse();
    assertThat(TckClasses.isTest("org/jsr107/tck/testutil/TestSupport.class")).isFalse();
  }

  @Test
  void saysWhatToAddWhenTheTckIsMissing() {
    assertThatThrownBy(() -> TckClasses.find(ClassLoader.getPlatformClassLoader(), false))
        .isInstanceOf(SetUpException.class)
        .hasMessageContaining("javax.cache:cache-tests:1.1.1:tests");
  }
}
