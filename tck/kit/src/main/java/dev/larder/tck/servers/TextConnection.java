package dev.larder.tck.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;

/** A connection to a memcached that sends one command of the text protocol at a time. */
final class TextConnection implements AutoCloseable {
  private static final int CONNECT_MILLIS = 1_000;
  private static final int ANSWER_MILLIS = 10_000;

  /** First words of lines after which more lines follow. */
  private static final Set<String> MORE = Set.of("VALUE", "STAT", "ITEM");

  private final Socket socket = new Socket();
  private final InputStream in;

  TextConnection(int port) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a command and returns all lines of its answer, without the end of the last one. */
  byte[] command(byte[] command) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(command);
    request.writeBytes("\r\n".getBytes(UTF_8));
    socket.getOutputStream().write(request.toByteArray());
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    while (readLine(answer)) {
      answer.writeBytes("\r\n".getBytes(UTF_8));
    }
    return answer.toByteArray();
  }

  /** Adds a line, with the bytes that it announces; says whether another one follows. */
  private boolean readLine(ByteArrayOutputStream answer) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (b != '\r') { // which lists of keys have not
        line.write(b);
      }
    }
    answer.writeBytes(line.toByteArray());
    String[] words = line.toString(ISO_8859_1).split(" ", -1);
    if (words[0].equals("VALUE") || words[0].equals("VA")) {
      int length = Integer.parseInt(words[words[0].equals("VA") ? 1 : 3]);
      answer.writeBytes("\r\n".getBytes(UTF_8));
      answer.writeBytes(in.readNBytes(length));
      in.skipNBytes(2);
    }
    return MORE.contains(words[0]) || words[0].startsWith("key=");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
