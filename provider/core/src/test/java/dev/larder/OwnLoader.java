package dev.larder;

import java.io.IOException;
import java.io.InputStream;

/** Defines some of the test classes anew, and leaves the rest to the loader of the tests. */
public final class OwnLoader extends ClassLoader {
  private final String prefix;

  /** Defines the classes whose names start with the prefix. */
  public OwnLoader(String prefix) {
    super(OwnLoader.class.getClassLoader());
    this.prefix = prefix;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Class<?> loaded = findLoadedClass(name);
    if (loaded != null) {
      return loaded;
    }
    return name.startsWith(prefix) ? define(name) : super.loadClass(name, resolve);
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
