package dev.larder.internal.copy;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.io.ObjectStreamField;
import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;

/** Classes of which graphs are made that are copied: with and without hooks of all kinds. */
@SuppressWarnings({"unused", "serial", "FieldCanBeFinal"}) // they are only copied
final class GraphNodes {
  private GraphNodes() {}

  /** What all nodes have: two references to others, and a number by which they can be told. */
  abstract static class Node implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    final int id;
    Object left;
    Object right;

    Node(int id) {
      this.id = id;
    }

    @Override
    public String toString() {
      return getClass().getSimpleName() + id;
    }
  }

  static final class Plain extends Node {
    @Serial private static final long serialVersionUID = 1L;

    private final String name;
    private final long number;
    private double fraction = 0.5;
    private transient String lost = "initial";
    private transient int lostNumber = 1;

    Plain(int id) {
      super(id);
      name = "plain" + id;
      number = id * 1_000_000_007L;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain plain && plain.id == id;
    }

    @Override
    public int hashCode() {
      return id;
    }
  }

  /** One whose hash code is another one as long as its copy is not complete. */
  static class Named extends Node {
    @Serial private static final long serialVersionUID = 1L;

    private final String name;

    /** Hides the field of the same name in the class above. */
    @SuppressWarnings("HidingField") // which is one more trap
    private Object left;

    Named(int id) {
      super(id);
      name = "named" + id;
      left = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Named named && Objects.equals(named.name, name);
    }

    @Override
    public int hashCode() {
      return Objects.hashCode(name);
    }
  }

  /** All primitive types, below a class that has other fields. */
  static final class Primitives extends Named {
    @Serial private static final long serialVersionUID = 1L;

    private boolean flag = true;
    private byte small = 1;
    private char letter = 'x';
    private short shorter = 2;
    private int whole = 3;
    private final long longer = System.nanoTime();
    private float single = 4;
    private double twice = 5;

    Primitives(int id) {
      super(id);
    }
  }

  /** A class that is not serializable, and whose constructor runs for each copy. */
  static class Base {
    private String from = "constructor";
    private final Object[] own = {"own"};

    Base() {}

    void change() {
      from = "changed";
    }
  }

  static final class OnBase extends Base implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    private Object content;

    OnBase(Object content) {
      this.content = content;
      change();
    }
  }

  static class BaseWithoutConstructor {
    BaseWithoutConstructor(int number) {}
  }

  /** Can be written, but not read. */
  static final class Unreadable extends BaseWithoutConstructor implements Serializable {
    @Serial private static final long serialVersionUID = 1L;

    Unreadable() {
      super(1);
    }
  }

  record Pair(Object right, int number, Object left) implements Serializable {}

  /** Counts on what serialization does too: the canonical constructor. */
  record Normalized(String name, Object content) implements Serializable {
    Normalized {
      name = name + "!";
    }
  }

  /** Cannot change, but is something else in a stream. */
  record Replaced(String name) implements Serializable {
    @Serial
    Object writeReplace() {
      return "instead of " + name;
    }
  }

  enum Mood {
    GOOD,
    BAD {
      @Override
      public String toString() {
        return "bad";
      }
    }
  }

  static final class Writing extends Node {
    @Serial private static final long serialVersionUID = 1L;

    Writing(int id) {
      super(id);
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(7);
    }
  }

  static final class Reading extends Node {
    @Serial private static final long serialVersionUID = 1L;

    private transient String restored;

    Reading(int id) {
      super(id);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      restored = "restored";
    }
  }

  static final class Writable extends Node {
    @Serial private static final long serialVersionUID = 1L;

    Writable(int id) {
      super(id);
    }

    @Serial
    private Object writeReplace() throws ObjectStreamException {
      return new Plain(id);
    }
  }

  static class Resolving extends Node {
    @Serial private static final long serialVersionUID = 1L;

    Resolving(int id) {
      super(id);
    }

    @Serial
    Object readResolve() throws ObjectStreamException {
      return new Plain(-id);
    }
  }

  /** Inherits its hook. */
  static final class ResolvingBelow extends Resolving {
    @Serial private static final long serialVersionUID = 1L;

    ResolvingBelow(int id) {
      super(id);
    }
  }

  static final class Persistent extends Node {
    @Serial private static final long serialVersionUID = 1L;

    @Serial
    private static final ObjectStreamField[] serialPersistentFields = {
      new ObjectStreamField("kept", String.class)
    };

    private String kept = "kept";
    private String dropped = "dropped";

    Persistent(int id) {
      super(id);
    }
  }

  /** Public, as its constructor has to be. */
  public static final class External implements Externalizable {
    @Serial private static final long serialVersionUID = 1L;

    private String content = "constructor";

    /** Called by serialization. */
    public External() {}

    External(int id) {
      content = "external" + id;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeUTF(content);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
      content = in.readUTF() + " read";
    }
  }
}
