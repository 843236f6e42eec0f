package org.onedoor.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.NRTCachingDirectory;

/** The files of the index, which may be deleted at any time while no server runs on them. */
final class IndexFolder {
  private IndexFolder() {}

  /** Opens what is there; what cannot be opened is made anew, because it is only a fold. */
  static IndexWriter open(Path folder) throws IOException {
    var directory = directory(folder);
    try {
      return new IndexWriter(directory, config());
    } catch (IOException | IllegalArgumentException e) {
      System.getLogger("onedoor.index")
          .log(System.Logger.Level.WARNING, "the index is damaged and is made anew", e);
      for (var file : directory.listAll()) directory.deleteFile(file);
      return new IndexWriter(directory(folder), config());
    }
  }

  /** What is shown and not yet committed stays in memory: it is soon merged away. */
  private static Directory directory(Path folder) throws IOException {
    return new NRTCachingDirectory(FSDirectory.open(folder), 5, 60);
  }

  private static IndexWriterConfig config() {
    var merging = new TieredMergePolicy();
    merging.setForceMergeDeletesPctAllowed(0); // when asked to let go, of everything
    return new IndexWriterConfig(new Tokens(true)).setRAMBufferSizeMB(64).setMergePolicy(merging);
  }
}
