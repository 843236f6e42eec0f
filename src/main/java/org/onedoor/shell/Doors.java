package org.onedoor.shell;

import static com.vaadin.flow.spring.security.VaadinSecurityConfigurer.vaadin;

import java.util.List;
import org.onedoor.people.Accounts;
import org.onedoor.people.People;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * The ways in, each denying what it does not know: programs by token, sockets by whoever they are
 * (they answer by close codes), people by their sign-in.
 */
@Configuration
@EnableWebSecurity
class Doors {
  /** What no page of ours asks for. */
  private static final String PERMISSIONS =
      "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=(),"
          + " display-capture=()";

  @Bean
  @Order(1)
  SecurityFilterChain programDoor(HttpSecurity http) {
    // /api asks for the token itself, so that every answer is a problem in the caller's language
    return http.securityMatcher("/api/**", "/actuator/**", "/error", Local.PATH)
        .authorizeHttpRequests(a ->
            a.requestMatchers("/api/**", "/actuator/health", "/error", Local.PATH)
                .permitAll()
                .requestMatchers("/actuator/prometheus")
                .access((_, asked) -> new AuthorizationDecision(Local.fromHere(asked.getRequest())))
                .anyRequest()
                .denyAll())
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .securityContext(c -> c.securityContextRepository(new NullSecurityContextRepository()))
        .csrf(c -> c.disable())
        .requestCache(c -> c.disable())
        .headers(Doors::strict)
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain socketDoor(HttpSecurity http, SignInCookie cookie) {
    return http.securityMatcher("/ws/**")
        .securityContext(c -> c.securityContextRepository(cookie))
        .authorizeHttpRequests(a -> a.anyRequest().permitAll())
        .requestCache(c -> c.disable())
        .headers(Doors::strict)
        .build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain screenDoor(HttpSecurity http, SignInCookie cookie, Accounts accounts) {
    return http.securityContext(c -> c.securityContextRepository(cookie))
        .addFilterBefore(new OwnPages(), LogoutFilter.class)
        .addFilterBefore(new SlowDown(accounts), UsernamePasswordAuthenticationFilter.class)
        // an address of no page reaches the router, which says so; pages name their own rights
        .with(vaadin(), v -> v.loginView(LoginView.class).anyRequest(AuthorizedUrl::authenticated))
        .headers(Doors::strict)
        .build();
  }

  /**
   * What every answer says of itself; see {@link PagePolicy} for pages. Said before anything else
   * is done: a page is forwarded to Vaadin's servlet, and what is to be said after a forward Tomcat
   * 11 drops without a word.
   */
  private static void strict(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .cacheControl(c -> c.disable())
        .addHeaderWriter(new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, "no-store"))
        .contentSecurityPolicy(c -> c.policyDirectives(PagePolicy.otherwise()))
        .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(p -> p.policy(PERMISSIONS))
        .crossOriginOpenerPolicy(c -> c.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(c -> c.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .withObjectPostProcessor(
            new ObjectPostProcessor<HeaderWriterFilter>() {
              @Override
              public <F extends HeaderWriterFilter> F postProcess(F filter) {
                filter.setShouldWriteHeadersEagerly(true);
                return filter;
              }
            });
  }

  @Bean
  ProviderManager passwords(Accounts accounts, People people) {
    return new ProviderManager(List.of(new ByPassword(accounts, people)));
  }

  /** Account and password; a wrong one makes the next try slower. */
  private record ByPassword(Accounts accounts, People people) implements AuthenticationProvider {
    @Override
    public Authentication authenticate(Authentication asked) {
      var account = asked.getName().strip();
      var password = asked.getCredentials() instanceof String s ? s : "";
      var address =
          asked.getDetails() instanceof WebAuthenticationDetails d ? d.getRemoteAddress() : "";
      // counted before it is checked: many at once are not heard faster than one after the other
      if (accounts.wait(account, address).isPositive())
        throw new BadCredentialsException("too many tries");
      accounts.wrong(account, address);
      if (!matches(account, password, address)) {
        throw new BadCredentialsException("wrong account or password");
      }
      accounts.right(account, address);
      return SignInCookie.authenticated(people.officer(account).orElseThrow());
    }

    private boolean matches(String account, String password, String address) {
      try {
        return accounts.matches(account, password);
      } catch (Accounts.Busy e) {
        accounts.right(account, address); // nobody's mistake
        throw new BadCredentialsException("too many sign in at once", e);
      }
    }

    @Override
    public boolean supports(Class<?> kind) {
      return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
  }
}
