package dev.larder.tck;

import java.io.Serial;
import java.io.Serializable;

/** A key or value that can change. */
final class Box implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  int content;

  Box(int content) {
    this.content = content;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Box box && box.content == content;
  }

  @Override
  public int hashCode() {
    return content;
  }

  @Override
  public String toString() {
    return "Box " + content;
  }
}
