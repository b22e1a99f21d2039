package dev.larder.docs.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The class files of the running JDK's {@code java.base} module, by class name. */
final class ClassFiles {
  private static final String SUFFIX = ".class";

  private final Map<String, Path> paths;
  private final List<String> names;

  private ClassFiles(SortedMap<String, Path> paths) {
    this.paths = Map.copyOf(paths);
    this.names = List.copyOf(paths.keySet());
  }

  static ClassFiles ofRunningJdk() throws IOException {
    var module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
    var paths = new TreeMap<String, Path>();
    try (var tree = Files.walk(module)) {
      tree.filter(ClassFiles::isClass).forEach(p -> paths.put(className(module.relativize(p)), p));
    }
    return new ClassFiles(paths);
  }

  /** The names in alphabetical order, as {@link Class#getName} writes them. */
  List<String> names() {
    return names;
  }

  boolean contains(String name) {
    return paths.containsKey(name);
  }

  byte[] bytes(String name) throws IOException {
    var path = paths.get(name);
    if (path == null) {
      throw new IllegalArgumentException(
          "class '" + name + "' is not in java.base; ask for one of names()");
    }
    return Files.readAllBytes(path);
  }

  private static boolean isClass(Path path) {
    var file = path.toString();
    return file.endsWith(SUFFIX) && !file.endsWith("/module-info.class");
  }

  private static String className(Path file) {
    var path = file.toString();
    return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
  }
}
