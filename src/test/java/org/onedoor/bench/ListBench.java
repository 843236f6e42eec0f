package org.onedoor.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.onedoor.event.Event.Accepted;
import org.onedoor.event.Event.Closed;
import org.onedoor.event.Event.Registered;
import org.onedoor.event.Party;
import org.onedoor.event.Person;
import org.onedoor.log.DataFolder;
import org.onedoor.log.EventLog;
import org.onedoor.log.Fact;
import org.onedoor.log.Hub;
import org.onedoor.log.SqliteLog;
import org.onedoor.people.People;
import org.onedoor.room.Rooms;
import org.onedoor.search.CaseIndex;
import org.onedoor.search.CaseList;
import org.onedoor.search.CaseQuery;
import org.onedoor.search.CaseSearch;
import org.onedoor.search.EarlierCases;
import org.onedoor.whole.Centre;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Half a million cases: what a page of a list, a count, a search and a room cost the server. */
final class ListBench {
  private static final int TOGETHER = 1_000;
  private static final int WARM_UP = 5;
  private static final int TIMES = 40;

  private static final List<String> MATTERS =
      List.of(
          "拖欠工资",
          "宿舍漏水",
          "押金不退",
          "夜间施工噪音",
          "物业收费",
          "工伤赔偿",
          "邻里排水",
          "拆迁补偿",
          "Unpaid wages",
          "Leaking dormitory roof",
          "Deposit not returned",
          "Noise at night",
          "Service charge",
          "Injury at work",
          "Blocked drain",
          "Relocation compensation");
  private static final List<String> DETAILS =
      List.of(
          "已经三个月没有发放",
          "多次反映没有结果",
          "希望尽快处理",
          "涉及二十多名工友",
          "楼上住户不配合",
          "since the spring",
          "nobody has answered the letters",
          "twenty people are affected",
          "the contract says otherwise",
          "the landlord lives abroad");

  private ListBench() {}

  static void run(int cases) throws Exception {
    var data = Files.createTempDirectory("onedoor-list").resolve("centre");
    Centre.measured(data).stop();
    var began = System.nanoTime();
    write(data, cases);
    System.out.printf("%,d cases written in %d s%n", cases, seconds(began));
    began = System.nanoTime();
    try (var context = new AnnotationConfigApplicationContext()) {
      house(context, data);
      var index = context.getBean(CaseIndex.class);
      var hub = context.getBean(Hub.class);
      index.await(hub.head().position(), Duration.ofHours(2));
      System.out.printf("indexed in %d s%n%n", seconds(began));
      measure(
          context.getBean(People.class),
          context.getBean(CaseList.class),
          context.getBean(CaseSearch.class),
          context.getBean(EarlierCases.class),
          context.getBean(Rooms.class),
          cases);
    }
  }

  /** Log, folds and index as the server has them, without its doors and screens. */
  private static void house(AnnotationConfigApplicationContext context, Path data) {
    var folder = DataFolder.open(data);
    var log = new SqliteLog(folder.database(), InstantSource.system());
    context.registerBean(DataFolder.class, () -> folder);
    context.registerBean(EventLog.class, () -> log);
    context.registerBean(InstantSource.class, InstantSource::system);
    context.registerBean("indexFolder", Path.class, folder::index);
    context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    for (var part : List.of("log", "people", "note", "room", "schedule", "search"))
      context.scan("org.onedoor." + part);
    context.refresh();
  }

  private static void write(Path data, int cases) throws Exception {
    var some = new Random(20261125);
    var end = Instant.now();
    try (var folder = DataFolder.open(data);
        var log = new SqliteLog(folder.database(), InstantSource.system());
        var hub = new Hub(log)) {
      var agencies = List.copyOf(new People(hub).directory().agencies().keySet());
      var facts = new ArrayList<Fact>();
      for (var n = 0; n < cases; n++) {
        var at = end.minus(Duration.ofMinutes((cases - n) * 5L));
        var stream = "case/%d-%d".formatted(2000 + n / 20_000, 100_000 + n % 20_000);
        facts.add(new Fact(stream, 0, petition(n, at, agencies, some), "coordinator"));
        var fate = some.nextInt(20);
        if (fate > 0) facts.add(new Fact(stream, 1, new Accepted(at), "coordinator"));
        if (fate > 1) facts.add(new Fact(stream, 2, new Closed("reply", "已答复", at), "coordinator"));
        if (facts.size() >= TOGETHER || n == cases - 1) {
          hub.append(facts);
          facts.clear();
        }
      }
    }
  }

  private static Registered petition(int n, Instant at, List<String> agencies, Random some) {
    var matter = MATTERS.get(some.nextInt(MATTERS.size()));
    var words = new StringBuilder(matter);
    for (var i = 0; i < 3; i++)
      words.append(", ").append(DETAILS.get(some.nextInt(DETAILS.size())));
    for (var i = 0; i < 40; i++) words.appendCodePoint(0x4e00 + some.nextInt(3_000));
    for (var i = 0; i < 15; i++)
      words.append(' ').append(Integer.toString(some.nextInt(20_000) + 100_000, 36));

    var person = new Person("居民 " + n, null, "1390" + (1_000_000 + n), null, null);
    return new Registered(
        matter + " " + n,
        words.toString(),
        null,
        null,
        "visit",
        agencies.get(some.nextInt(agencies.size())),
        List.of(new Party("p" + n, "petitioner", "person", person)),
        List.of(),
        null,
        null,
        at);
  }

  private static void measure(
      People people,
      CaseList cases,
      CaseSearch search,
      EarlierCases earlier,
      Rooms rooms,
      int many) {
    var coordinator = people.officer("coordinator").orElseThrow();
    var officer = people.officer("labour").orElseThrow();
    var all = CaseQuery.ALL;
    System.out.println("| what | rows | p50 ms | p95 ms | worst ms |");
    System.out.println("|---|---|---|---|---|");
    for (var sort : List.of("number", "registered", "due", "title"))
      time(
          "first page by " + sort,
          () -> cases.part(coordinator, all.sorted(sort, false), 0, 180).all());
    time("open", () -> cases.part(coordinator, all.status("open"), 0, 180).all());
    time(
        "late, by due",
        () ->
            cases
                .part(coordinator, all.status("open").due("late").sorted("due", false), 0, 180)
                .all());
    time("an agency's", () -> cases.part(coordinator, all.agency("housing"), 0, 180).all());
    time("words: wages", () -> cases.part(coordinator, all.words("wages"), 0, 180).all());
    time("words: 工资", () -> cases.part(coordinator, all.words("工资"), 0, 180).all());
    time("first page of an officer's", () -> cases.part(officer, all, 0, 180).all());
    time("rows 29,820 to 30,000", () -> cases.part(coordinator, all, 29_820, 180).all());
    time(
        "rows 29,820 to 30,000 by title",
        () -> cases.part(coordinator, all.sorted("title", false), 29_820, 180).all());
    time(
        "a number of the start page",
        () -> cases.count(officer, all.agency("labour").status("open").due("week")));
    for (var words : List.of("工资", "资", "dormitory", "leak contract", "2012-105000"))
      time(
          "search: " + words,
          () ->
              search.find(coordinator, words, CaseSearch.Filters.NONE, 20, Locale.ENGLISH).total());
    time(
        "earlier cases",
        () ->
            earlier
                .of(coordinator, "居民 4711", "13901004711", "宿舍漏水，楼上住户不配合，希望尽快处理", 6, Locale.ENGLISH)
                .size());
    var some = new Random(1);
    time(
        "a room, from the log",
        () -> {
          var n = some.nextInt(many);
          return rooms.get("%d-%d".formatted(2000 + n / 20_000, 100_000 + n % 20_000)).version();
        });
  }

  private interface Answer {
    int rows();
  }

  private static void time(String what, Answer answer) {
    for (var i = 0; i < WARM_UP; i++) answer.rows();
    var nanos = new ArrayList<Long>();
    var rows = 0;
    for (var i = 0; i < TIMES; i++) {
      var began = System.nanoTime();
      rows = answer.rows();
      nanos.add(System.nanoTime() - began);
    }
    var took = new Took(nanos);
    System.out.printf(
        "| %s | %,d | %.1f | %.1f | %.1f |%n", what, rows, took.ms(50), took.ms(95), took.ms(100));
  }

  private static long seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }
}
