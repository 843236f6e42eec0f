package org.onedoor.shell;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.onedoor.people.Secret;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * What a browser lets our pages do: run the scripts this answer vouches for by a word used once,
 * speak to this server, and nothing else. What got into a page as markup is not run by it.
 *
 * <p>Easy to get wrong: everything that is added to a page has to be there before it is vouched
 * for, so this comes last.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class PagePolicy implements VaadinServiceInitListener {
  static final String HEADER = "Content-Security-Policy";

  private static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** The development server writes its own scripts and styles into pages, and has pages itself. */
  private static final String DEVELOPMENT =
      "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

  /** Styles that scripts make are the scripts' word; those that stand in markup are nobody's. */
  private static final String STYLES =
      """
      (nonce => {
        const { createElement } = Document.prototype;
        Document.prototype.createElement = function (...what) {
          const made = createElement.apply(this, what);
          if (made instanceof HTMLStyleElement) made.nonce = nonce;
          return made;
        };
        const markup = Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML');
        Object.defineProperty(HTMLTemplateElement.prototype, 'innerHTML', {
          get() {
            return markup.get.call(this);
          },
          set(text) {
            markup.set.call(this, text);
            // as an attribute: what is copied from it has it too
            for (const style of this.content.querySelectorAll('style'))
              style.setAttribute('nonce', nonce);
          },
        });
        const { setAttribute } = Element.prototype;
        Element.prototype.setAttribute = function (name, value) {
          if (name === 'style' && this.style) this.style.cssText = value;
          else setAttribute.call(this, name, value);
        };
      })(document.currentScript.nonce);
      """;

  /** Only {@code ./onedoor dev} has a development server in it; before Vaadin is there to ask. */
  private static final boolean DEVELOPING =
      ClassUtils.isPresent("com.vaadin.base.devserver.DevModeHandlerManagerImpl", null);

  /** For whatever is no page. A page replaces it, but not while developing. */
  static String otherwise() {
    return DEVELOPING ? DEVELOPMENT : NOTHING;
  }

  @Override
  public void serviceInit(ServiceInitEvent init) {
    if (!DEVELOPING) init.addIndexHtmlRequestListener(PagePolicy::vouch);
  }

  private static void vouch(IndexHtmlResponse page) {
    var document = page.getDocument();
    document.head().prependChild(new Element("script").appendChild(new DataNode(STYLES)));
    unstyle(document);
    var nonce = Secret.random(16);
    document.head().appendElement("meta").attr("property", "csp-nonce");
    document
        .select("script, style, link[rel=modulepreload], meta[property=csp-nonce]")
        .attr("nonce", nonce);
    page.getVaadinResponse().setHeader(HEADER, policy(nonce));
  }

  /** The one style attribute of the page goes into a sheet: attributes cannot be vouched for. */
  private static void unstyle(Document document) {
    var html = document.getElementsByTag("html").first();
    if (html == null || !html.hasAttr("style")) return;
    var sheet = new DataNode("html { " + html.attr("style") + " }");
    document.head().appendElement("style").appendChild(sheet);
    html.removeAttr("style");
  }

  /**
   * Vaadin 25.2 makes functions of the expressions it sends ({@code executeJs}, what an event
   * carries): that is {@code unsafe-eval}.
   */
  private static String policy(String nonce) {
    return """
    default-src 'none'; script-src 'nonce-%1$s' 'unsafe-eval'; style-src 'self' 'nonce-%1$s'; \
    connect-src 'self'; img-src 'self' data:; font-src 'self' data:; base-uri 'self'; \
    form-action 'self'; frame-ancestors 'none'\
    """
        .formatted(nonce);
  }
}
