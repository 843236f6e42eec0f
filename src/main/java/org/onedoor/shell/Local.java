package org.onedoor.shell;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.onedoor.people.Secret;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The running server's ear for commands of whoever owns the data folder: loopback and a key only.
 */
@RestController
final class Local {
  static final String PATH = "/local/command";
  static final String KEY = "X-OneDoor-Key";

  private final Work work;
  private final String secret = Secret.random();

  Local(Work work) {
    this.work = work;
  }

  String secret() {
    return secret;
  }

  @PostMapping(PATH)
  void command(
      @RequestParam("arg") List<String> args,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!mine(request)) {
      response.setStatus(HttpServletResponse.SC_NOT_FOUND);
      return;
    }
    var body = request.getInputStream().readAllBytes();
    response.setContentType("application/x-ndjson;charset=UTF-8");
    var say = new Lines(response.getWriter());
    int code;
    try {
      code = work.run(Call.parse(args.toArray(String[]::new)), body, say);
    } catch (Call.Wrong e) {
      say.error(e.getMessage() == null ? "" : e.getMessage());
      code = Launch.WRONG_CALL;
    }
    say.tell(Map.of("t", "exit", "code", code));
  }

  private boolean mine(HttpServletRequest request) {
    var key = request.getHeader(KEY);
    return key != null
        && MessageDigest.isEqual(
            key.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8))
        && fromHere(request);
  }

  /** From this machine, and not for somebody else through a proxy on it. */
  static boolean fromHere(HttpServletRequest request) {
    var from = request.getRemoteAddr();
    try {
      return from.equals(request.getLocalAddr()) || InetAddress.getByName(from).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** One JSON object a line, as it comes. */
  private record Lines(PrintWriter out) implements Work.Say {
    void tell(Map<String, Object> said) {
      out.println(JsonMapper.shared().writeValueAsString(said));
      out.flush();
    }

    @Override
    public void line(String text) {
      tell(Map.of("t", "line", "s", text));
    }

    @Override
    public void error(String text) {
      tell(Map.of("t", "error", "s", text));
    }

    @Override
    public void progress(long done, long of) {
      tell(Map.of("t", "progress", "done", done, "of", of));
    }

    @Override
    public void rejects(String csv) {
      tell(Map.of("t", "rejects", "s", csv));
    }
  }
}
