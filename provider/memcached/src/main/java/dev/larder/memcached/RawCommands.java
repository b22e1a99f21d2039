package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import net.spy.memcached.ops.ConcatenationType;
import net.spy.memcached.ops.Mutator;
import net.spy.memcached.ops.StatusCode;
import net.spy.memcached.ops.StoreType;
import org.jspecify.annotations.Nullable;

/**
 * The commands of Memcached that the driver can send, by their names.
 *
 * <p>Keys are those that the server has, values the bytes alone with flags 0, and times what the
 * server takes for such: seconds from now, or since 1970 if they are more than 30 days. Answers are
 * the words of the text protocol, over either protocol. Commands without a key go to all servers,
 * and answer with a list that has an element for each, in the order of the URI.
 */
final class RawCommands {
  private static final String OPTIONAL = "[";
  private static final String REPEATED = "...]";

  private final Commands commands;
  private final int atATime;
  private final Map<String, Known> known = new LinkedHashMap<>();

  /**
   * Creates the table of commands.
   *
   * @param atATime how many keys of one command are asked for at a time
   */
  RawCommands(Commands commands, int atATime) {
    this.commands = commands;
    this.atATime = atATime;
    define("get key [key ...]", this::get);
    define("gets key", this::gets);
    define("gat exptime key", this::getAndTouch);
    define("set key value [exptime]", words -> store(StoreType.set, words));
    define("add key value [exptime]", words -> store(StoreType.add, words));
    define("replace key value [exptime]", words -> store(StoreType.replace, words));
    define("append key value", words -> concatenate(ConcatenationType.append, words));
    define("prepend key value", words -> concatenate(ConcatenationType.prepend, words));
    define("cas key value number [exptime]", this::cas);
    define("incr key [amount]", words -> mutate(Mutator.incr, words));
    define("decr key [amount]", words -> mutate(Mutator.decr, words));
    define("touch key exptime", this::touch);
    define("delete key", this::delete);
    define("stats [kind]", this::stats);
    define("version", words -> commands.version().thenApply(RawCommands::messages));
    define("flush_all", words -> commands.flush().thenApply(RawCommands::oks));
  }

  /**
   * Sends a command.
   *
   * @throws IllegalArgumentException if it is not known, or has other arguments
   */
  CompletionStage<? extends @Nullable Object> send(String command, List<byte[]> arguments) {
    Known found = known.get(command.toLowerCase(Locale.ROOT));
    if (found == null) {
      throw new IllegalArgumentException(
          "the Memcached command '%s' is not known; those that are: %s"
              .formatted(
                  command, String.join(", ", known.values().stream().map(Known::form).toList())));
    }
    if (arguments.size() < found.least() || arguments.size() > found.most()) {
      throw new IllegalArgumentException(
          "Memcached's '%s' does not take %d arguments; write: %s"
              .formatted(command, arguments.size(), found.form()));
    }
    return found.sender().send(new Words(found.form(), arguments));
  }

  private void define(String form, Sender sender) {
    Known command = new Known(form, sender);
    known.put(command.words()[0], command);
  }

  @FunctionalInterface
  private interface Sender {
    CompletionStage<? extends @Nullable Object> send(Words words);
  }

  /**
   * A command.
   *
   * @param form its name and those of its arguments, as messages show them
   */
  private record Known(String form, Sender sender) {
    String[] words() {
      return form.split(" ", -1);
    }

    int least() {
      int from = form.indexOf(OPTIONAL);
      return (from < 0 ? words() : form.substring(0, from - 1).split(" ", -1)).length - 1;
    }

    int most() {
      return form.endsWith(REPEATED) ? Integer.MAX_VALUE : words().length - 1;
    }
  }

  /** The arguments of a command. */
  private record Words(String form, List<byte[]> all) {
    byte[] bytes(int index) {
      return all.get(index);
    }

    String key(int index) {
      String key = ItemKeys.asIs(all.get(index));
      if (key == null) {
        throw new IllegalArgumentException(
            "%s: the key is not one that Memcached can hold: 1 to %d bytes of UTF-8 without blanks and control characters"
                .formatted(form, ItemKeys.LONGEST));
      }
      return key;
    }

    String text(int index) {
      return new String(all.get(index), UTF_8);
    }

    long number(int index, String name, long least, long most) {
      try {
        long number = Long.parseLong(text(index));
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Not in the range either.
      }
      throw new IllegalArgumentException(
          "%s: '%s' is not allowed as %s; it is a number from %d to %d"
              .formatted(form, text(index), name, least, most));
    }

    int seconds(int index) {
      return index < all.size() ? (int) number(index, "exptime", 0, Integer.MAX_VALUE) : Form.NEVER;
    }

    Form value(int index, int secondsAt) {
      return new Form(bytes(index), StoredItem.PLAIN, seconds(secondsAt));
    }
  }

  // ---- values ---------------------------------------------------------------------------------

  private CompletionStage<? extends @Nullable Object> get(Words words) {
    if (words.all().size() == 1) {
      return commands.gets(words.key(0)).thenApply(Reply::data);
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < words.all().size(); i++) {
      keys.add(words.key(i));
    }
    return Bulk.forEach(atATime, keys, key -> commands.gets(key).thenApply(Reply::data));
  }

  private CompletionStage<? extends @Nullable Object> gets(Words words) {
    return commands
        .gets(words.key(0))
        .thenApply(
            reply -> {
              byte[] data = reply.data();
              return data == null ? null : List.of(data, reply.cas());
            });
  }

  private CompletionStage<? extends @Nullable Object> getAndTouch(Words words) {
    if (!commands.canGetAndTouch()) {
      throw new UnsupportedOperationException(
          "the driver sends 'gat' over the binary protocol only; the URI says protocol=ascii");
    }
    return commands.getAndTouch(words.key(1), words.seconds(0)).thenApply(Reply::data);
  }

  private CompletionStage<String> store(StoreType type, Words words) {
    return commands.store(type, words.key(0), words.value(1, 2)).thenApply(RawCommands::stored);
  }

  private CompletionStage<String> concatenate(ConcatenationType type, Words words) {
    return commands.concatenate(type, words.key(0), words.bytes(1)).thenApply(RawCommands::stored);
  }

  private static String stored(Reply reply) {
    return reply.isSuccess() ? "STORED" : "NOT_STORED";
  }

  private CompletionStage<String> cas(Words words) {
    return commands
        .cas(words.key(0), words.number(2, "number", 1, Long.MAX_VALUE), words.value(1, 3))
        .thenApply(reply -> word("STORED", reply));
  }

  private CompletionStage<? extends @Nullable Object> mutate(Mutator direction, Words words) {
    long amount = words.all().size() == 1 ? 1 : words.number(1, "amount", 0, Long.MAX_VALUE);
    return commands
        .mutate(direction, words.key(0), amount)
        .thenApply(reply -> reply.isSuccess() ? new BigInteger(reply.message()).longValue() : null);
  }

  private CompletionStage<String> touch(Words words) {
    return commands
        .touch(words.key(0), words.seconds(1))
        .thenApply(reply -> word("TOUCHED", reply));
  }

  private CompletionStage<String> delete(Words words) {
    return commands.delete(words.key(0)).thenApply(reply -> word("DELETED", reply));
  }

  private static String word(String success, Reply reply) {
    if (reply.isSuccess()) {
      return success;
    }
    return reply.code() == StatusCode.ERR_EXISTS ? "EXISTS" : "NOT_FOUND";
  }

  // ---- servers --------------------------------------------------------------------------------

  private CompletionStage<List<List<String>>> stats(Words words) {
    String kind = words.all().isEmpty() ? null : words.text(0);
    if (kind != null && !kind.matches("[a-z_]+")) {
      throw new IllegalArgumentException(
          "%s: '%s' is no kind of figures; 'settings' is one".formatted(words.form(), kind));
    }
    return commands
        .stats(kind)
        .thenApply(replies -> replies.stream().map(RawCommands::figures).toList());
  }

  /** Returns names and values in turn. */
  private static List<String> figures(Reply reply) {
    List<String> figures = new ArrayList<>();
    reply
        .stats()
        .forEach(
            (name, value) -> {
              figures.add(name);
              figures.add(value);
            });
    return figures;
  }

  private static List<String> messages(List<Reply> replies) {
    return replies.stream().map(Reply::message).toList();
  }

  private static List<String> oks(List<Reply> replies) {
    return replies.stream().map(reply -> "OK").toList();
  }
}
