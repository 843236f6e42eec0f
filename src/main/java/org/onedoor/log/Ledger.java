package org.onedoor.log;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A log written out, one entry a line, with everything the chain is computed from, so that others
 * can check it with a program of their own ({@code docs/verify_export.py} is one).
 */
public final class Ledger {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private Ledger() {}

  /**
   * An entry.
   *
   * @param at microseconds since 1970
   * @param payload the stored bytes as text; salt and payload are missing where they were erased
   * @param digest what the chain holds of an erased payload, hexadecimal
   */
  private record Line(
      long position,
      String stream,
      int version,
      long at,
      String by,
      @Nullable String about,
      @Nullable String once,
      String type,
      @Nullable String salt,
      @Nullable String payload,
      @Nullable String digest,
      @Nullable List<PartyLine> personal,
      String hash) {}

  private record PartyLine(
      String party, @Nullable String salt, @Nullable String payload, @Nullable String digest) {}

  /**
   * Writes all entries up to a head.
   *
   * @param progress is told how far it is, of how many
   */
  public static void write(EventLog log, Head upTo, Writer out, BiConsumer<Long, Long> progress)
      throws IOException {
    for (var at = 0L; at < upTo.position(); ) {
      var rows = Raw.of(log).rows(at, upTo.position());
      if (rows.isEmpty()) throw new EventLog.Broken(at + 1, "this entry is missing");
      for (var row : rows) out.append(JSON.writeValueAsString(line(row))).append('\n');
      at = rows.getLast().position();
      progress.accept(at, upTo.position());
    }
  }

  private static Line line(Row row) {
    return new Line(
        row.position(),
        row.stream(),
        row.version(),
        row.at(),
        row.by(),
        row.about(),
        row.once(),
        row.type(),
        hex(row.said().salt()),
        text(row.said().payload()),
        hex(row.said().digest()),
        row.personal().isEmpty() ? null : row.personal().stream().map(Ledger::party).toList(),
        HexFormat.of().formatHex(row.hash()));
  }

  private static PartyLine party(Row.Personal p) {
    return new PartyLine(
        p.party(), hex(p.said().salt()), text(p.said().payload()), hex(p.said().digest()));
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
