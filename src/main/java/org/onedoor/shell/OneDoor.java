package org.onedoor.shell;

import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.spring.annotation.EnableVaadin;
import com.vaadin.flow.theme.aura.Aura;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The server. How it is started, and with what, is {@link Launch}'s. */
@SpringBootApplication(scanBasePackages = "org.onedoor")
@EnableVaadin({ // where pages are looked for at each start; nothing else is read for it
  "org.onedoor.desk",
  "org.onedoor.room",
  "org.onedoor.schedule",
  "org.onedoor.search",
  "org.onedoor.settings",
  "org.onedoor.shell"
})
@Push
@StyleSheet(Aura.STYLESHEET)
@CssImport("./theme/theme.css")
@ColorScheme(ColorScheme.Value.SYSTEM)
@Viewport("width=device-width, initial-scale=1")
public class OneDoor implements AppShellConfigurator {
  @Override
  public void configurePage(AppShellSettings settings) {
    settings.addFavIcon("icon", "images/door.svg", "any");
  }

  public static void main(String[] args) {
    System.exit(Launch.run(args));
  }
}
