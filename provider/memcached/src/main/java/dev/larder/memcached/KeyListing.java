package dev.larder.memcached;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One list of a server's keys, by {@code lru_crawler metadump hash} of the text protocol.
 *
 * <p>Up to version 1.6.18, a server holds locks while it waits for who reads such a list. So the
 * list is read to its end at once, or until its time is over and the connection is closed. Of the
 * other kind, {@code metadump all}, keys that are in use may be missing.
 */
final class KeyListing {
  /** Padded so that a server of the binary protocol need not wait for more to refuse it. */
  private static final String STATS = "stats" + " ".repeat(24);

  private static final String LIST = "lru_crawler metadump hash";
  private static final String TIME = "STAT time ";
  private static final byte[] KEY = "key=".getBytes(US_ASCII);
  private static final String EXPIRY = "exp=";
  private static final char ESCAPE = '%';
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_LINE = 4_096;

  /** For how many seconds a server may keep what has expired: it counts in seconds. */
  private static final int LEEWAY = 4;

  private final Server server;
  private final Socket socket;
  private final Duration limit;
  private final long end;
  private final byte[] buffer = new byte[BUFFER];
  private int filled;

  /** Where the present line begins and ends, and where the next one begins. */
  private int start;

  private int stop;
  private int next;

  /**
   * Creates a list that is yet to be read.
   *
   * @param limit how long it may take
   * @param end when that is over, by {@link System#nanoTime}
   */
  KeyListing(Server server, Socket socket, Duration limit, long end) {
    this.server = server;
    this.socket = socket;
    this.limit = limit;
    this.end = end;
  }

  /**
   * Returns the keys that may begin with a prefix, or null if the server is busy with another list.
   *
   * @throws UnsupportedOperationException if the server was started so that it lists no keys
   */
  @Nullable List<ListedKey> read(byte[] prefix) throws IOException {
    send(STATS);
    long now = readTime();
    send(LIST); // which no other command may precede in the same packet
    List<byte[]> beginnings = ItemKeys.beginnings(prefix);
    List<ListedKey> keys = new ArrayList<>();
    nextLine();
    while (isOfKey()) {
      ListedKey key = mayBegin(beginnings) ? listed(line(), prefix, now) : null;
      if (key != null) {
        keys.add(key);
      }
      nextLine();
    }
    String last = line();
    if (last.equals("END")) {
      return keys;
    }
    if (last.startsWith("BUSY") || last.startsWith("LOCKED")) {
      return null;
    }
    throw refused(last);
  }

  private void send(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
  }

  /** Reads the server's clock among its other figures; 0 if it does not tell. */
  private long readTime() throws IOException {
    long time = 0;
    nextLine();
    for (String text = line(); text.startsWith("STAT "); text = line()) {
      if (text.startsWith(TIME)) {
        time = Long.parseLong(text.substring(TIME.length()));
      }
      nextLine();
    }
    return time;
  }

  private boolean isOfKey() {
    return stop - start >= KEY.length
        && Arrays.equals(buffer, start, start + KEY.length, KEY, 0, KEY.length);
  }

  /**
   * Says whether the present line's key begins as one of interest does. Others' keys, which may be
   * most of the list, cost no more than this.
   */
  private boolean mayBegin(List<byte[]> beginnings) {
    for (byte[] beginning : beginnings) {
      if (mayBegin(beginning)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBegin(byte[] beginning) {
    int at = start + KEY.length;
    for (byte expected : beginning) {
      if (at < stop && buffer[at] == expected && expected != ESCAPE) {
        at++;
      } else if (at + 2 < stop && buffer[at] == ESCAPE && escaped(at) == (expected & 0xff)) {
        at += 3;
      } else {
        return false;
      }
    }
    return true;
  }

  /** Returns the byte that is percent-encoded at a place, or a negative number. */
  private int escaped(int at) {
    int high = Character.digit(buffer[at + 1], 16);
    int low = Character.digit(buffer[at + 2], 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Reads a line of the form {@code key=... exp=... ...}; returns null for others' keys. */
  private static @Nullable ListedKey listed(String text, byte[] prefix, long now) {
    String[] fields = text.split(" ", 3);
    String itemKey = ItemKeys.listed(fields[0].substring(KEY.length));
    byte[] key = itemKey == null ? null : ItemKeys.keyOf(itemKey);
    if (itemKey == null || key == null) {
      return null;
    }
    boolean partly = ItemKeys.isHashed(itemKey) && key.length < prefix.length;
    int common = partly ? key.length : prefix.length;
    if (key.length < common || !Arrays.equals(key, 0, common, prefix, 0, common)) {
      return null;
    }
    long expiry = Long.parseLong(fields[1].substring(EXPIRY.length()));
    return new ListedKey(itemKey, !partly, expiry < 0 || expiry > now + LEEWAY);
  }

  private UnsupportedOperationException refused(String answer) {
    String reason;
    if (answer.contains("metadump not allowed")) {
      reason = "it was started with the option -X; start it without";
    } else if (answer.contains("lru crawler disabled")) {
      reason = "it was started with the option -o no_lru_crawler; start it without";
    } else if (answer.contains("unauthenticated")) {
      reason = "it was started with the option -Y; start it without";
    } else {
      reason = "it answers '%s'; it must be Memcached 1.6, and no proxy".formatted(answer);
    }
    return unsupported(reason);
  }

  private UnsupportedOperationException unsupported(String reason) {
    return new UnsupportedOperationException(
        ("Memcached at %s does not list its keys, so that caches there can neither be iterated nor"
                + " cleared: %s")
            .formatted(server, reason));
  }

  /** Goes to the next line, and reads more if it is not yet there to its end. */
  private void nextLine() throws IOException {
    int from = next;
    int to = next;
    while (to == filled || buffer[to] != '\n') {
      if (to < filled) {
        to++;
      } else if (to - from > LONGEST_LINE) {
        throw new IOException("what it sends is no list");
      } else {
        to -= from;
        System.arraycopy(buffer, from, buffer, 0, to);
        from = 0;
        fill(to);
      }
    }
    start = from;
    stop = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    next = to + 1;
  }

  /** Returns the present line without its end. */
  private String line() {
    return new String(buffer, start, stop - start, ISO_8859_1);
  }

  /** Reads what has come, behind the first bytes of the buffer. */
  private void fill(int from) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    int read;
    try {
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout(Math.toIntExact(left));
      read = socket.getInputStream().read(buffer, from, buffer.length - from);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "it takes longer than %d ms; the parameter 'scanTimeout' of the URI allows more"
              .formatted(limit.toMillis()),
          e);
    }
    if (read < 0 && filled == 0) {
      throw unsupported(
          "it does not speak the text protocol (option -B binary, or -S); start it without");
    }
    if (read < 0) {
      throw new IOException("it closed the connection");
    }
    filled = from + read;
  }
}
