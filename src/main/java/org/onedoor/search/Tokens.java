package org.onedoor.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * How texts are cut: each Chinese character alone (a run of them is found as a phrase, so one or
 * two characters are enough), Latin words in lower case without accents and plural.
 */
final class Tokens extends Analyzer {
  private final boolean stem;

  /**
   * A way of cutting.
   *
   * @param stem whether plurals are folded; not for half a word
   */
  Tokens(boolean stem) {
    this.stem = stem;
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    var source = new StandardTokenizer();
    var folded = new ASCIIFoldingFilter(new LowerCaseFilter(new CJKWidthFilter(source)));
    return new TokenStreamComponents(source, stem ? new EnglishMinimalStemFilter(folded) : folded);
  }

  /** The tokens of a text, in order. */
  List<String> of(String text) {
    var all = new ArrayList<String>();
    try (var stream = tokenStream("text", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) all.add(term.toString());
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
