package dev.larder.docs.demo;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The demo's command line.
 *
 * @param maxEntries the bound of the cache, or null for the usual one in memory, and none on a
 *     server
 * @param uri the backend, or null for the provider's default
 * @param cold whether the cache is emptied first
 */
record Options(
    int queries,
    @Nullable Integer maxEntries,
    int threads,
    long seed,
    @Nullable URI uri,
    boolean cold,
    boolean help) {

  static final int USUAL_MAX_ENTRIES = 2_000;

  static final Options DEFAULT =
      new Options(100_000, null, usualThreads(), 107, null, false, false);

  static final String HELP =
      """
      Usage: ./dev demo [option]...

      Answers questions on the class files of this JDK from a Larder cache, and tells what the
      cache saved. The same seed asks the same questions. In memory the cache is bounded; on a
      server it is not, and it begins with what runs before this one have left there.

        --queries N      how many questions to ask (default %d)
        --max-entries N  how many answers the cache may hold (default %d in memory)
        --threads N      how many threads ask (default %d on this machine)
        --seed N         where the sequence of questions begins (default %d)
        --uri URI        the backend that holds the answers (default: this JVM's memory)
        --cold           empty the cache first
        --help           this text

      Exits 0 if all checked answers were right, 1 if not or if the run failed, 2 on a bad option.
      """
          .formatted(DEFAULT.queries, USUAL_MAX_ENTRIES, DEFAULT.threads, DEFAULT.seed);

  private static final int MAX_QUERIES = 10_000_000;
  private static final int MAX_THREADS = 1_000;
  private static final Set<String> WITH_VALUE =
      Set.of("--queries", "--max-entries", "--threads", "--seed", "--uri");
  private static final Map<String, String> WITHOUT_VALUE =
      Map.of("--cold", "--cold", "--help", "--help", "-h", "--help");

  /**
   * Reads the options, each given as {@code --name value} or {@code --name=value}.
   *
   * @throws IllegalArgumentException if an option is unknown, lacks its value or has a bad one
   */
  static Options parse(String... args) {
    var values = values(args);
    return new Options(
        count(values, "--queries", DEFAULT.queries, MAX_QUERIES),
        values.containsKey("--max-entries")
            ? count(values, "--max-entries", USUAL_MAX_ENTRIES, Integer.MAX_VALUE)
            : null,
        count(values, "--threads", DEFAULT.threads, MAX_THREADS),
        number(values, "--seed", DEFAULT.seed),
        uri(values.get("--uri")),
        values.containsKey("--cold"),
        values.containsKey("--help"));
  }

  private static Map<String, String> values(String... args) {
    var values = new HashMap<String, String>();
    for (var words = List.of(args).iterator(); words.hasNext(); ) {
      var word = words.next();
      int equals = word.indexOf('=');
      var name = equals < 0 ? word : word.substring(0, equals);
      var flag = WITHOUT_VALUE.get(word);
      if (flag != null) {
        values.put(flag, "");
      } else if (!WITH_VALUE.contains(name)) {
        throw new IllegalArgumentException(
            "there is no option '" + name + "'; --help lists those there are");
      } else if (equals >= 0) {
        values.put(name, word.substring(equals + 1));
      } else if (words.hasNext()) {
        values.put(name, words.next());
      } else {
        throw new IllegalArgumentException(name + " lacks its value; --help shows how to give it");
      }
    }
    return values;
  }

  private static int count(Map<String, String> values, String name, int otherwise, int most) {
    long count = number(values, name, otherwise);
    if (count < 1 || count > most) {
      throw new IllegalArgumentException(name + " is " + count + "; it must be from 1 to " + most);
    }
    return (int) count;
  }

  private static long number(Map<String, String> values, String name, long otherwise) {
    var value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " is '" + value + "'; it must be a whole number, such as 5000", e);
    }
  }

  private static @Nullable URI uri(@Nullable String value) {
    try {
      return value == null ? null : new URI(value);
    } catch (URISyntaxException e) {
      // Only the reason: the value, which may hold a password, stays out of the message.
      throw new IllegalArgumentException(
          "--uri is no URI (" + e.getReason() + "); write it like redis://localhost:6379");
    }
  }

  private static int usualThreads() {
    return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
  }
}
