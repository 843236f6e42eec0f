package org.onedoor.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.onedoor.desk.CaseListView;
import org.onedoor.desk.RegisterView;
import org.onedoor.desk.TodayView;
import org.onedoor.log.Logs;
import org.onedoor.people.People;
import org.onedoor.room.Petition;
import org.onedoor.room.RoomView;
import org.onedoor.room.Rooms;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Screens without a browser: what a role is shown, and what is said to whom. */
@SpringBootTest
@ViewPackages(packages = "org.onedoor")
class ViewsTest extends SpringBrowserlessTest {
  @Autowired People people;
  @Autowired Rooms rooms;

  @DynamicPropertySource
  static void centre(DynamicPropertyRegistry properties) throws IOException {
    // not a folder of JUnit's: it would be gone before the server is
    var data = Files.createTempDirectory("onedoor-views").resolve("centre");
    Demo.tell(data, Logs.in(data.resolve("onedoor.db")), InstantSource.system());
    properties.add("onedoor.data", data::toString);
    properties.add("onedoor.log", () -> Logs.in(data.resolve("onedoor.db")));
  }

  /** Screens read in the background: what is to be seen comes soon. */
  private static void until(BooleanSupplier seen) {
    var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    for (; !seen.getAsBoolean(); roundTrip())
      assertThat(System.nanoTime()).as("it never came").isLessThan(end);
  }

  @Test
  @WithMockUser("trainee")
  void a_trainee_is_told_why_there_are_no_cases() {
    navigate(TodayView.class);
    assertThat(find(H2.class).single().getText()).isEqualTo("You see no real cases");
  }

  @Test
  @WithMockUser("admin")
  void an_administrator_sees_no_case_by_being_one() {
    navigate(CaseListView.class);
    until(() -> find(H2.class).exists());
    assertThat(find(H2.class).single().getText()).isEqualTo("You see no cases");
  }

  @Test
  @WithMockUser(username = "clerk", roles = "CLERK")
  void a_case_without_words_is_refused_at_the_field_and_nothing_is_lost() {
    navigate(RegisterView.class);
    var title = find(TextField.class).withId("title").single();
    test(title).setValue("Only a title");
    test(find(Button.class).withId("register").single()).click();
    var words = find(TextArea.class).withId("words").single();
    assertThat(words.isInvalid()).isTrue();
    assertThat(words.getErrorMessage()).contains("needed");
    assertThat(title.getValue()).isEqualTo("Only a title");
    assertThat(getCurrentView()).isInstanceOf(RegisterView.class);
  }

  @Test
  @WithMockUser("labour")
  void an_officer_opens_the_room_of_a_case_their_agency_is_in() {
    navigate(RoomView.class, Map.of("case", "2026-0011"));
    until(() -> find(H1.class).exists());
    assertThat(find(H1.class).single()).isNotNull();
    assertThat(getCurrentView()).isInstanceOf(RoomView.class);
  }

  @Test
  @WithMockUser("labour")
  void of_one_room_nothing_stands_in_the_next() {
    navigate(RoomView.class, Map.of("case", "2026-0011"));
    until(() -> find(H1.class).exists());
    var parties = texts();
    assertThat(parties).contains("Luo Guifang");
    navigate(RoomView.class, Map.of("case", "2026-0007"));
    assertThat(texts()).doesNotContain("Luo Guifang", "2026-0011");
    until(() -> find(H1.class).exists());
    assertThat(texts()).doesNotContain("Luo Guifang", "2026-0011");
  }

  @Test
  @WithMockUser("coordinator")
  void a_closed_room_says_how_it_ended() {
    var coordinator = people.officer("coordinator").orElseThrow();
    var leak =
        new Petition(
            "Roof", "It drips.", null, "visit", "housing", List.of(), List.of(), null, null, null);
    var id = rooms.register(coordinator, leak, null).about();
    rooms.accept(people.officer("housing").orElseThrow(), id, null);
    rooms.close(coordinator, id, "agreement", "The landlord seals it by Friday.", null);
    navigate(RoomView.class, Map.of("case", id));
    until(() -> find(H1.class).exists());
    assertThat(texts()).contains("How it ended", "The landlord seals it by Friday.");
  }

  private String texts() {
    return getCurrentView().getElement().getTextRecursively();
  }

  @Test
  @WithMockUser("police")
  void another_agency_finds_nothing_there() {
    assertThat(navigate("cases/2026-0011", NotFoundView.class)).isNotNull();
    assertThat(find(H2.class).single().getText()).isEqualTo("There is nothing here");
  }
}
