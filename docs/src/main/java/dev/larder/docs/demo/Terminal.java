package dev.larder.docs.demo;

import java.io.Console;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the place that the demo writes to can show.
 *
 * @param interactive whether a person watches, so that a line may be redrawn
 * @param colour whether escape sequences for colours are welcome
 * @param columns the width of a line
 * @param micro the sign for a millionth: {@code µ}, or {@code u} where that cannot be written
 */
record Terminal(boolean interactive, boolean colour, int columns, String micro) {
  private static final int USUAL_COLUMNS = 80;

  /** Describes the standard output of this JVM. */
  static Terminal ofStandardOutput() {
    return of(isTerminal(System.console()), System.getenv(), standardOutputCharset());
  }

  static Terminal of(boolean isTerminal, Map<String, String> environment, Charset charset) {
    boolean interactive = isTerminal && !"dumb".equals(environment.get("TERM"));
    boolean colour = interactive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    var micro = charset.newEncoder().canEncode('µ') ? "µ" : "u";
    return new Terminal(interactive, colour, columns(environment.get("COLUMNS")), micro);
  }

  String green(String text) {
    return painted("32", text);
  }

  String red(String text) {
    return painted("31", text);
  }

  String bold(String text) {
    return painted("1", text);
  }

  private String painted(String code, String text) {
    return colour ? "\033[" + code + "m" + text + "\033[m" : text;
  }

  private static int columns(@Nullable String value) {
    boolean given = value != null && value.matches("[1-9][0-9]{0,4}");
    return given ? Integer.parseInt(value) : USUAL_COLUMNS;
  }

  /** Java 22 and newer give a console to every JVM, and a method that tells if it is a terminal. */
  private static boolean isTerminal(@Nullable Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static Charset standardOutputCharset() {
    var newer = System.getProperty("stdout.encoding");
    return newer == null ? Charset.defaultCharset() : Charset.forName(newer);
  }
}
