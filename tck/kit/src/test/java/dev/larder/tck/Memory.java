package dev.larder.tck;

import java.net.URI;

/** Larder's memory backend, which has all capabilities. */
final class Memory {
  static final Subject SUBJECT = () -> URI.create("memory:kit");

  private Memory() {}
}
