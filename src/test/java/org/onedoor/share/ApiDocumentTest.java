package org.onedoor.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.onedoor.log.Logs;
import org.onedoor.shell.OneDoor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document against the program it is made of; that answers keep to it is {@code OpenApiIT}'s.
 */
@SpringBootTest(classes = OneDoor.class)
class ApiDocumentTest {
  @Autowired ApiDocument document;
  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;

  @DynamicPropertySource
  static void centre(DynamicPropertyRegistry properties) throws IOException {
    // not a folder of JUnit's: it would be gone before the server is
    var data = Files.createTempDirectory("onedoor-document");
    properties.add("onedoor.data", data::toString);
    properties.add("onedoor.log", () -> Logs.in(data.resolve("onedoor.db")));
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(document.json());
  }

  @Test
  void every_call_the_program_answers_stands_in_it_and_no_other() {
    var served = new TreeSet<String>();
    requestMappingHandlerMapping
        .getHandlerMethods()
        .forEach((mapping, method) -> {
          for (var path : mapping.getPatternValues())
            if (path.startsWith("/api/v1") && method.getBeanType() != NothingApi.class)
              for (var verb : mapping.getMethodsCondition().getMethods())
                served.add(verb + " " + path);
        });
    var described = new TreeSet<String>();
    json()
        .path("paths")
        .forEachEntry((path, item) ->
            item.forEachEntry(
                (verb, _) -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(described).isEqualTo(served).hasSizeGreaterThan(30);
  }

  @Test
  void nothing_in_it_is_left_over() {
    var text = json().toString();
    assertThat(json().path("components").path("schemas").propertyNames())
        .allSatisfy(name -> assertThat(text).contains("\"#/components/schemas/" + name + "\""));
    assertThat(json().path("openapi").asString()).startsWith("3.1");
  }
}
