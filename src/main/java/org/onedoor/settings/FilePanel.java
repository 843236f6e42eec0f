package org.onedoor.settings;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import java.util.function.Consumer;
import org.onedoor.look.Notice;
import org.onedoor.people.Refused;

/** One file, chosen or dropped, read whole. */
final class FilePanel extends Div {
  /** Bytes: a class list or a whole centre is a few hundred kilobytes. */
  private static final int MOST = 5 << 20;

  FilePanel(String label, Consumer<byte[]> read) {
    var upload = new Upload();
    upload.setUploadHandler(
        UploadHandler.inMemory((_, bytes) -> {
          read.accept(bytes);
          upload.clearFileList();
        }));
    upload.setMaxFiles(1);
    upload.setMaxFileSize(MOST);
    upload.setUploadButton(new Button(getTranslation(label)));
    upload.setDropAllowed(false);
    upload.addFileRejectedListener(e ->
        Notice.refused(new Refused(Refused.Code.TOO_LARGE, "settings.fileTooLarge", MOST >> 20)));
    add(upload);
  }
}
