package dev.larder.tck.runner;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.jar.JarFile;

/**
 * The test classes of the TCK.
 *
 * @param jar the file that holds them
 * @param names their names, sorted
 */
record TckClasses(String jar, List<String> names) {

  private static final String LANDMARK = "org/jsr107/tck/CachingTest.class";
  private static final String ANNOTATION_TESTS = "org/jsr107/tck/annotation/";

  /**
   * Looks into the jar on the class path that holds the TCK's tests.
   *
   * @param annotations whether to take the annotation tests, which need a container and without one
   *     leave themselves out, or all others
   */
  static TckClasses find(ClassLoader loader, boolean annotations) throws IOException {
    URL landmark = loader.getResource(LANDMARK);
    if (landmark == null) {
      throw new SetUpException(
          "the TCK is not on the class path; add javax.cache:cache-tests:1.1.1:tests");
    }
    if (!(landmark.openConnection() instanceof JarURLConnection connection)) {
      throw new SetUpException(landmark + " is not in a jar; use the TCK as it was released");
    }
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      var names =
          jar.stream()
              .map(entry -> entry.getName())
              .filter(TckClasses::isTest)
              .filter(path -> path.startsWith(ANNOTATION_TESTS) == annotations)
              .map(path -> path.substring(0, path.length() - ".class".length()).replace('/', '.'))
              .sorted()
              .toList();
      return new TckClasses(jar.getName(), names);
    }
  }

  static boolean isTest(String path) {
    String simpleName = path.substring(path.lastIndexOf('/') + 1);
    return (simpleName.endsWith("Test.class") || simpleName.endsWith("Test1.class"))
        && !simpleName.startsWith("Abstract")
        && !simpleName.contains("$");
  }
}
