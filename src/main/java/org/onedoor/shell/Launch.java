package org.onedoor.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.onedoor.log.DataFolder;
import org.onedoor.log.Logs;
import org.onedoor.log.NewerFormat;
import org.onedoor.log.Unavailable;
import org.onedoor.people.Refused;
import org.onedoor.people.SetUp;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;

/** The command line: starts the server, or does one thing on a data folder, running or not. */
final class Launch {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_CALL = 2;

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  private Launch() {}

  /** Runs a call and returns its exit code. */
  static int run(String[] args) {
    try {
      var call = Call.parse(args);
      return call.command().equals("start") ? start(call, args) : Console.run(call, OUT, ERR);
    } catch (Call.Wrong e) {
      ERR.println(e.getMessage());
      ERR.println("See ./onedoor help.");
      return WRONG_CALL;
    } catch (Refused e) {
      ERR.println(e.say(Locale.ENGLISH));
      return FAILED;
    } catch (DataFolder.InUse | NewerFormat | Unavailable e) {
      ERR.println(e.getMessage());
      return FAILED;
    }
  }

  private static int start(Call call, String[] args) {
    call.noWords();
    var port = call.option("port", "8080");
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535)
      throw new Call.Wrong("--port needs a number from 0 to 65535, not " + port + ".");
    var demo = call.has("demo");
    if (!prepared(call, demo)) return FAILED;
    // system properties: they beat application.yaml, and hold when all of this is loaded anew
    System.setProperty("onedoor.data", call.data().toString());
    System.setProperty("onedoor.log", call.log());
    System.setProperty("server.address", call.option("host", "127.0.0.1"));
    System.setProperty("server.port", port);
    var app = new SpringApplication(OneDoor.class);
    app.setAddCommandLineProperties(false);
    app.setRegisterShutdownHook(true);
    app.addListeners(
        (ApplicationListener<ApplicationReadyEvent>)
            ready -> answer(ready.getApplicationContext(), call, demo));
    try {
      var context = app.run(args);
      if (Boolean.getBoolean(Rehearsal.ASKED)) return rehearsed(context, call);
    } catch (PortInUseException e) {
      ERR.println(
          "Port " + e.getPort() + " is taken by another program. Name another with --port.");
      return FAILED;
    }
    return forever();
  }

  /** Looks into the folder before anything else starts. */
  private static boolean prepared(Call call, boolean demo) {
    var data = call.data();
    try (var _ = DataFolder.open(data);
        var log = Logs.open(call.log(), InstantSource.system())) {
      var empty = log.head().position() == 0;
      if (!empty && demo && !Demo.isIn(log)) {
        ERR.println(
            data
                + " holds a real centre, so the demo is not put into it. Start without --demo, or name another folder with --data.");
        return false;
      }
      if (!empty || !demo) return true;
    }
    ERR.println("Telling the story of the demo centre …");
    Demo.tell(data, call.log(), InstantSource.system());
    return true;
  }

  private static int rehearsed(ApplicationContext context, Call call) {
    try {
      Rehearsal.at("http://" + address(call, port(context)) + "/");
      return DONE;
    } catch (IOException e) {
      ERR.println(e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }

  private static int port(ApplicationContext context) {
    var server = ((WebServerApplicationContext) context).getWebServer();
    return server == null ? 0 : server.getPort();
  }

  private static void answer(ApplicationContext context, Call call, boolean demo) {
    var port = port(context);
    writeKey(call.data(), address(call, port), context.getBean(Local.class).secret());
    OUT.println(
        "OneDoor answers at http://" + url(call.option("host", "127.0.0.1")) + ":" + port + "/");
    var setUp = context.getBean(SetUp.class);
    if (setUp.needed()) {
      OUT.println("There is no centre here yet. Whoever opens this link within a day sets it up:");
      OUT.println("  http://" + address(call, port) + "/setup?key=" + setUp.link());
    }
    if (demo) {
      OUT.println("Demo accounts (password for all: " + Demo.PASSWORD + "):");
      OUT.println("  " + String.join(", ", Demo.ACCOUNTS));
    }
  }

  /** Where the running server is and what opens it, for commands of whoever owns the folder. */
  private static void writeKey(Path data, String address, String secret) {
    var key = DataFolder.key(data);
    try {
      Files.deleteIfExists(key);
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, address + "\n" + secret + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int forever() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return DONE;
  }

  /** Where this machine reaches the server. */
  private static String address(Call call, int port) {
    var host = call.option("host", "127.0.0.1");
    var everywhere = host.equals("0.0.0.0") || host.equals("::");
    return url(everywhere ? "127.0.0.1" : host) + ":" + port;
  }

  private static String url(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
