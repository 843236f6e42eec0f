package org.onedoor.bench;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/**
 * The least that could be called durable: what comes is written to a file, synced once for all that
 * wait, and sent to everybody. No order, no rebase, no rights, no folding: {@code BareRelay FOLDER
 * PORT}.
 */
public final class BareRelay {
  private static final Set<Line> LINES = ConcurrentHashMap.newKeySet();
  private static final Queue<String> WAITING = new ArrayDeque<>();
  private static final ReentrantLock WRITING = new ReentrantLock();
  private static FileChannel file;

  private BareRelay() {}

  public static void main(String[] args) throws Exception {
    var folder = Files.createDirectories(Path.of(args[0]));
    file =
        FileChannel.open(
            folder.resolve("relay.log"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(Integer.parseInt(args[1]));
    tomcat.getConnector();
    var context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addApplicationListener(Register.class.getName());
    Tomcat.addServlet(context, "none", new jakarta.servlet.http.HttpServlet() {});
    context.addServletMapping("/", "none");
    tomcat.start();
    System.out.println("ready");
    tomcat.getServer().await();
  }

  /** Says where the sockets are. */
  public static final class Register implements jakarta.servlet.ServletContextListener {
    @Override
    public void contextInitialized(jakarta.servlet.ServletContextEvent event) {
      var container =
          (ServerContainer)
              event.getServletContext().getAttribute("jakarta.websocket.server.ServerContainer");
      try {
        container.addEndpoint(Endpoint.class);
      } catch (jakarta.websocket.DeploymentException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A socket; one message in flight, the others wait. */
  private static final class Line {
    private final Session session;
    private final Queue<String> queue = new ArrayDeque<>();
    private boolean busy;

    Line(Session session) {
      this.session = session;
    }

    synchronized void send(String text) {
      if (busy) {
        queue.add(text);
        return;
      }
      busy = true;
      session.getAsyncRemote().sendText(text, _ -> next());
    }

    private synchronized void next() {
      var text = queue.poll();
      if (text == null) busy = false;
      else session.getAsyncRemote().sendText(text, _ -> next());
    }
  }

  /** Where everybody connects. */
  @ServerEndpoint("/ws")
  public static final class Endpoint {
    private Line line;

    @OnOpen
    public void open(Session session) {
      line = new Line(session);
      LINES.add(line);
      line.send("{\"t\":\"open\",\"head\":0}");
    }

    @OnMessage
    public void message(String text) throws IOException {
      synchronized (WAITING) {
        WAITING.add(text);
      }
      WRITING.lock();
      try {
        var batch = new ArrayList<String>();
        synchronized (WAITING) {
          batch.addAll(WAITING);
          WAITING.clear();
        }
        if (batch.isEmpty()) return;
        file.write(
            ByteBuffer.wrap((String.join("\n", batch) + "\n").getBytes(StandardCharsets.UTF_8)));
        file.force(false);
        for (var sent : batch) for (var l : LINES) l.send(sent);
      } finally {
        WRITING.unlock();
      }
    }

    @OnClose
    public void close() {
      LINES.remove(line);
    }
  }
}
