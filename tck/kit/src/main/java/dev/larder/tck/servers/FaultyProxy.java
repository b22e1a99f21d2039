package dev.larder.tck.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server on this machine, and spoils what passes as told. Safe for
 * any thread.
 */
public final class FaultyProxy implements AutoCloseable {
  private final URI server;
  private final ServerSocket listening;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile long delayNanos;

  /** Creates a proxy for the server of a URI. */
  public FaultyProxy(URI server) {
    this.server = server;
    try {
      listening = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Returns the URI by which clients find the server behind the proxy. */
  public URI uri() {
    return URI.create(server.getScheme() + "://127.0.0.1:" + listening.getLocalPort());
  }

  /** Returns how many connections there have been so far. */
  public int accepted() {
    return accepted.get();
  }

  /** From now on, the connections of today take what they are sent and say nothing any more. */
  public void deafen() {
    links.forEach(link -> link.deaf = true);
  }

  /** From now on, the answers on the connections of today are lost, but not the commands. */
  public void dropReplies() {
    links.forEach(link -> link.mute = true);
  }

  /** Ends the connections of today. */
  public void cut() {
    links.forEach(Link::close);
  }

  /** From now on, each piece of an answer comes this much later. */
  public void delayReplies(long millis) {
    delayNanos = millis * 1_000_000;
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listening.accept();
      accepted.incrementAndGet();
      try {
        Link link =
            new Link(client, new Socket(InetAddress.getLoopbackAddress(), server.getPort()));
        links.add(link);
        start(link::forward);
        start(link::answer);
      } catch (IOException e) {
        client.close();
      }
    }
  }

  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // One side has closed, which is how links and proxies end.
              }
            },
            "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private interface Task {
    void run() throws IOException;
  }

  /** One connection of a client, and the one to the server that belongs to it. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean deaf;
    private volatile boolean mute;

    Link(Socket client, Socket server) throws IOException {
      this.client = client;
      this.server = server;
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
    }

    void forward() throws IOException {
      pump(client.getInputStream(), server.getOutputStream(), false);
    }

    void answer() throws IOException {
      pump(server.getInputStream(), client.getOutputStream(), true);
    }

    private void pump(InputStream in, OutputStream out, boolean answers) throws IOException {
      byte[] buffer = new byte[65_536];
      try {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (answers && delayNanos > 0) {
            LockSupport.parkNanos(delayNanos);
          }
          if (!deaf && !(answers && mute)) {
            out.write(buffer, 0, n);
          }
        }
      } finally {
        close();
      }
    }

    void close() {
      links.remove(this);
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        // Closed is what they are to be.
      }
    }
  }
}
