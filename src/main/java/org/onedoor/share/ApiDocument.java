package org.onedoor.share;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.SpringDocCustomizers;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.providers.SpringDocProviders;
import org.springdoc.core.service.AbstractRequestService;
import org.springdoc.core.service.GenericResponseService;
import org.springdoc.core.service.OpenAPIService;
import org.springdoc.core.service.OperationService;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiResource;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * The OpenAPI document, put together when it is first asked for. There is one truth: the calls and
 * their parameters are what Spring serves, what each takes, gives and refuses is its {@link
 * Promise}, and the words are those the program asks for ({@link OneOf}). What of this can be wrong
 * is held against the running program by a test.
 *
 * <p>The library's own addresses are switched off in {@code application.yaml}; {@link DocsApi}
 * serves this one.
 */
@Lazy
@Component
class ApiDocument extends OpenApiResource {
  static {
    // what a call is handed is no parameter of it
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Body.class);
  }

  private byte @Nullable [] json;

  ApiDocument(
      ObjectFactory<OpenAPIService> builder,
      AbstractRequestService requests,
      GenericResponseService responses,
      OperationService operations,
      SpringDocConfigProperties properties,
      SpringDocProviders providers,
      SpringDocCustomizers customizers) {
    super(builder, requests, responses, operations, properties, providers, customizers);
  }

  /** The same each time; nobody changes it. */
  OpenAPI get() {
    return getOpenApi("/", Locale.ENGLISH);
  }

  synchronized byte[] json() {
    if (json == null) json = Json31.pretty(get()).getBytes(StandardCharsets.UTF_8);
    return json;
  }

  @Override
  protected String getServerUrl(HttpServletRequest request, String address) {
    return "/";
  }
}
