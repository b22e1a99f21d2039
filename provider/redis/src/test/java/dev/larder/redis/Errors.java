package dev.larder.redis;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Shows errors as logs do. */
final class Errors {
  private Errors() {}

  /** Returns all that there is to read of an error: its messages, causes and suppressed ones. */
  static String text(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
