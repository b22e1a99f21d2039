package dev.larder.tck.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a Redis server that sends one command at a time.
 *
 * <p>Replies are a {@code byte[]}, a {@code String} (of a status), a {@code Long}, a {@code List}
 * of these, or {@code null}.
 */
final class RespConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int REPLY_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  RespConnection(int port) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(REPLY_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a command and returns its reply.
   *
   * @throws IllegalStateException if the server answers with an error, which is the message
   */
  @Nullable Object command(byte[]... words) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + words.length + "\r\n").getBytes(UTF_8));
    for (byte[] word : words) {
      bytes.writeBytes(("$" + word.length + "\r\n").getBytes(UTF_8));
      bytes.writeBytes(word);
      bytes.writeBytes("\r\n".getBytes(UTF_8));
    }
    socket.getOutputStream().write(bytes.toByteArray());
    return reply();
  }

  /** Reads the next reply. */
  @Nullable Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> list(Integer.parseInt(rest));
      case '-' -> throw new IllegalStateException(rest);
      default -> throw new IOException("not a reply of Redis: " + line);
    };
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.write(b);
    }
    in.skipNBytes(1);
    return line.toString(UTF_8);
  }

  private byte @Nullable [] bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return bytes;
  }

  private @Nullable List<@Nullable Object> list(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> list = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      list.add(reply());
    }
    return list;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
