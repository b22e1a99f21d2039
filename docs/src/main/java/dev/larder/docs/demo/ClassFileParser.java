package dev.larder.docs.demo;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one class file, front to back, as chapter 4 of the JVM specification lays it out. */
final class ClassFileParser {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int INTERFACE_FLAG = 0x0200;
  private static final int ANNOTATION_FLAG = 0x2000;

  private final DataInputStream in;
  private final TreeSet<String> references = new TreeSet<>();
  private @Nullable String[] texts = {};
  private int[] classNameIndexes = {};

  private ClassFileParser(byte[] bytes) {
    in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /**
   * Parses the bytes of a class file.
   *
   * @throws IOException if they are not a whole class file
   */
  static ClassFile parse(byte[] bytes) throws IOException {
    try {
      return new ClassFileParser(bytes).classFile();
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("no class file: it names a constant or a type that is not there", e);
    }
  }

  private ClassFile classFile() throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("no class file: it does not begin with CAFEBABE");
    }
    in.skipNBytes(4); // minor and major version
    int constants = constantPool();
    int flags = in.readUnsignedShort();
    var name = className(in.readUnsignedShort());
    int superIndex = in.readUnsignedShort();
    var superclass = superIndex == 0 ? null : className(superIndex);
    var interfaces = interfaces();
    int fields = members();
    int methods = members();
    references.remove(name);
    return new ClassFile(
        name,
        kind(flags, superclass),
        superclass,
        interfaces,
        fields,
        methods,
        constants,
        Collections.unmodifiableSortedSet(references));
  }

  private int constantPool() throws IOException {
    int count = in.readUnsignedShort();
    texts = new String[count];
    classNameIndexes = new int[count];
    var descriptors = new BitSet(count);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.skipNBytes(4); // int, float
        case 5, 6 -> { // a long or a double takes two slots
          in.skipNBytes(8);
          i++;
        }
        case 7 -> classNameIndexes[i] = in.readUnsignedShort();
        case 8, 19, 20 -> in.skipNBytes(2); // string, module, package
        case 9, 10, 11, 17, 18 -> in.skipNBytes(4); // members; dynamic constants and calls
        case 12 -> { // name and type
          in.skipNBytes(2);
          descriptors.set(in.readUnsignedShort());
        }
        case 15 -> in.skipNBytes(3); // method handle
        case 16 -> descriptors.set(in.readUnsignedShort()); // method type
        default -> throw new IOException("constant " + i + " has the unknown tag " + tag);
      }
    }
    addReferences(descriptors);
    return count - 1;
  }

  /** Comes after the whole pool, since a constant may point to a later one. */
  private void addReferences(BitSet descriptors) throws IOException {
    for (int index : classNameIndexes) {
      if (index != 0) {
        addClass(text(index));
      }
    }
    for (int i = descriptors.nextSetBit(0); i >= 0; i = descriptors.nextSetBit(i + 1)) {
      addClassesIn(text(i));
    }
  }

  private List<String> interfaces() throws IOException {
    int count = in.readUnsignedShort();
    var names = new ArrayList<String>(count);
    for (int i = 0; i < count; i++) {
      names.add(className(in.readUnsignedShort()));
    }
    return List.copyOf(names);
  }

  /** Counts the fields, or the methods, of the class. */
  private int members() throws IOException {
    int count = in.readUnsignedShort();
    int declared = count;
    for (int i = 0; i < count; i++) {
      in.skipNBytes(2); // access flags
      if (text(in.readUnsignedShort()).equals("<clinit>")) {
        declared--;
      }
      addClassesIn(text(in.readUnsignedShort()));
      skipAttributes();
    }
    return declared;
  }

  private void skipAttributes() throws IOException {
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      in.skipNBytes(2); // name
      in.skipNBytes(Integer.toUnsignedLong(in.readInt()));
    }
  }

  /** A class constant holds a class's name, or an array's descriptor. */
  private void addClass(String constant) {
    if (constant.startsWith("[")) {
      addClassesIn(constant);
    } else {
      references.add(constant.replace('/', '.'));
    }
  }

  /** A descriptor spells each class as {@code Lname;} and all else without the letter L. */
  private void addClassesIn(String descriptor) {
    int start = descriptor.indexOf('L');
    while (start >= 0) {
      int end = descriptor.indexOf(';', start);
      references.add(descriptor.substring(start + 1, end).replace('/', '.'));
      start = descriptor.indexOf('L', end);
    }
  }

  private String className(int index) throws IOException {
    return text(classNameIndexes[index]).replace('/', '.');
  }

  private String text(int index) throws IOException {
    var text = texts[index];
    if (text == null) {
      throw new IOException("constant " + index + " is not a text, as it is used");
    }
    return text;
  }

  private static ClassKind kind(int flags, @Nullable String superclass) {
    if ((flags & ANNOTATION_FLAG) != 0) {
      return ClassKind.ANNOTATION;
    }
    if ((flags & INTERFACE_FLAG) != 0) {
      return ClassKind.INTERFACE;
    }
    if ("java.lang.Enum".equals(superclass)) {
      return ClassKind.ENUM;
    }
    return "java.lang.Record".equals(superclass) ? ClassKind.RECORD : ClassKind.CLASS;
  }
}
