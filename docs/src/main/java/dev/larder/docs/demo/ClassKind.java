package dev.larder.docs.demo;

import java.util.Locale;

/** What a class file was compiled from. */
enum ClassKind {
  CLASS,
  INTERFACE,
  ANNOTATION,
  ENUM,
  RECORD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
