package org.onedoor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.spring.annotation.EnableVaadin;
import java.util.Arrays;
import org.onedoor.shell.OneDoor;

/** The architecture: one rule per arrow. Read downwards, each package knows only those above it. */
@AnalyzeClasses(packages = "org.onedoor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest static final ArchRule event_knows_nobody = only("event");

  @ArchTest static final ArchRule log_knows_event = only("log", "event");

  @ArchTest static final ArchRule people_know_the_log = only("people", "log", "event");

  @ArchTest static final ArchRule look_knows_people = only("look", "people", "log", "event");

  @ArchTest
  static final ArchRule note_knows_people = only("note", "look", "people", "log", "event");

  @ArchTest
  static final ArchRule schedule_knows_people = only("schedule", "look", "people", "log", "event");

  @ArchTest
  static final ArchRule room_knows_note_and_schedule =
      only("room", "note", "schedule", "look", "people", "log", "event");

  @ArchTest
  static final ArchRule search_knows_room =
      only("search", "room", "note", "schedule", "look", "people", "log", "event");

  @ArchTest
  static final ArchRule desk_knows_search =
      only("desk", "search", "room", "note", "schedule", "look", "people", "log", "event");

  @ArchTest
  static final ArchRule share_knows_no_screen =
      only("share", "search", "room", "note", "schedule", "people", "log", "event");

  @ArchTest
  static final ArchRule settings_know_share =
      only(
          "settings",
          "share",
          "search",
          "room",
          "note",
          "schedule",
          "look",
          "people",
          "log",
          "event");

  @ArchTest
  static final ArchRule only_log_knows_a_database =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.onedoor.log..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..", "com.mongodb..");

  @ArchTest
  static final ArchRule only_search_knows_lucene =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.onedoor.search..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.lucene..");

  @ArchTest
  static final ArchRule screens_alone_know_vaadin =
      noClasses()
          .that(
              DescribedPredicate.<JavaClass>describe(
                  "are no screen, no part of one, and not in the shell or look",
                  c ->
                      !c.getPackageName().endsWith(".shell")
                          && !c.getPackageName().endsWith(".look")
                          && !c.getName().matches(".*(View|Editor|Panel|Dialog|Grid)(\\$.*)?")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.vaadin..");

  @ArchTest
  static final ArchRule pages_lie_where_they_are_looked_for =
      classes()
          .that()
          .areAnnotatedWith(Route.class)
          .or()
          .implement(HasErrorParameter.class)
          .should()
          .resideInAnyPackage(OneDoor.class.getAnnotation(EnableVaadin.class).value());

  @ArchTest
  static final ArchRule json_is_jackson_3 =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..");

  private static ArchRule only(String name, String... known) {
    var ours = new String[known.length + 1];
    ours[0] = "org.onedoor." + name;
    for (var i = 0; i < known.length; i++) ours[i + 1] = "org.onedoor." + known[i];
    return classes()
        .that()
        .resideInAPackage("org.onedoor." + name)
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.<JavaClass>describe(
                "are its own, above it, or not ours",
                c ->
                    !c.getPackageName().startsWith("org.onedoor")
                        || Arrays.asList(ours).contains(c.getPackageName())));
  }
}
