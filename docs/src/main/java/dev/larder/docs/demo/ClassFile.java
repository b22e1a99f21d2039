package dev.larder.docs.demo;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What one class file declares, and the classes that it names.
 *
 * @param superclass null for {@code java.lang.Object} only: an interface names Object here
 * @param methods methods and constructors, without the static initializer
 * @param constants slots of the constant pool
 * @param references the classes in code and signatures, without the class itself
 */
record ClassFile(
    String name,
    ClassKind kind,
    @Nullable String superclass,
    List<String> interfaces,
    int fields,
    int methods,
    int constants,
    SortedSet<String> references) {}
