package org.onedoor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a head of IT looks at before they bring it up, as far as it can be seen without Docker. */
class DeployTest {
  private static final Path COMPOSE = Path.of("docker-compose.yml");
  private static final Path DOCKERFILE = Path.of("Dockerfile");

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> part(String name) throws IOException {
    Map<String, Object> all = new Yaml().load(Files.readString(COMPOSE));
    return (Map<String, Map<String, Object>>) all.get(name);
  }

  private static List<String> lines(String beginning) throws IOException {
    return Files.readAllLines(DOCKERFILE).stream().filter(l -> l.startsWith(beginning)).toList();
  }

  @Test
  void every_service_is_pinned_watched_and_may_do_little() throws Exception {
    part("services")
        .forEach((name, service) -> {
          assertThat(service.get("image").toString())
              .as(name)
              .matches(".+:\\d+\\.\\d+\\.\\d+")
              .doesNotContain("latest");
          assertThat(service)
              .as(name)
              .containsEntry("read_only", true)
              .containsEntry("cap_drop", List.of("ALL"))
              .containsEntry("security_opt", List.of("no-new-privileges:true"))
              .containsKeys("mem_limit", "restart", "tmpfs");
        });
    assertThat(part("services").get("mongo")).containsKey("healthcheck");
    assertThat(part("services").get("mongo").get("user").toString()).doesNotStartWith("0");
    assertThat(lines("HEALTHCHECK")).hasSize(1);
    assertThat(lines("USER")).containsExactly("USER onedoor");
  }

  @Test
  void what_is_to_last_lies_in_a_volume_and_every_volume_is_declared() throws Exception {
    var declared = part("volumes").keySet();
    var used =
        part("services").values().stream()
            .flatMap(s -> ((List<?>) s.get("volumes")).stream())
            .map(v -> v.toString().split(":")[0])
            .toList();
    assertThat(used).containsExactlyInAnyOrderElementsOf(declared);
  }

  @Test
  void the_application_waits_for_the_replica_set_it_is_told_of_and_is_reached_from_here_only()
      throws Exception {
    var app = part("services").get("onedoor");
    var mongo = part("services").get("mongo");
    assertThat(app.get("depends_on"))
        .isEqualTo(Map.of("mongo", Map.of("condition", "service_healthy")));
    assertThat(((Map<?, ?>) app.get("environment")).get("ONEDOOR_LOG"))
        .isEqualTo("mongodb://mongo:27017/onedoor?replicaSet=rs");
    assertThat(mongo.get("command").toString()).contains("--replSet, rs");
    assertThat(mongo.get("healthcheck").toString())
        .contains("rs.initiate")
        .contains("_id: \"rs\"")
        .contains("mongo:27017");
    assertThat(((List<?>) app.get("ports")).getFirst().toString()).startsWith("127.0.0.1:");
    assertThat(mongo).doesNotContainKey("ports");
  }

  @Test
  void the_image_is_built_of_pinned_images_and_these_sources() throws Exception {
    var known = List.of("node", "build");
    assertThat(lines("FROM"))
        .allMatch(l -> l.matches("FROM [a-z-]+:\\d+\\.\\d+\\.\\d+[A-Za-z0-9_.-]*( AS [a-z]+)?"));
    assertThat(lines("COPY --from="))
        .allMatch(l -> known.stream().anyMatch(k -> l.startsWith("COPY --from=" + k + " ")));
    assertThat(lines("COPY").stream().filter(l -> !l.contains("--from=")))
        .containsExactly("COPY . .");
    assertThat(lines("ADD")).isEmpty();
  }

  @Test
  void docker_itself_finds_nothing_to_complain_of() throws Exception {
    assumeTrue(said("docker", "compose", "version").startsWith("0 "), "no docker compose here");
    assertThat(said("docker", "compose", "config", "--quiet")).isEqualTo("0 ");
  }

  private static String said(String... command) throws Exception {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + " " + said.strip();
    } catch (IOException e) {
      return "none " + e.getMessage();
    }
  }
}
