package dev.larder.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jcache.JCacheConstants;
import org.apache.camel.component.jcache.policy.JCachePolicy;
import org.apache.camel.component.jcache.processor.idempotent.JCacheIdempotentRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Camel's component, policy and idempotent repository, which close the provider when they stop. */
class CamelTest extends FrameworkTest {
  private static final String CACHE =
      "jcache:words?cachingProvider=dev.larder.LarderCachingProvider";

  @Test
  void entriesAreWrittenReadAndHeardOf() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    for (int round = 0; round < 2; round++) {
      try (var context = new DefaultCamelContext()) {
        context.addRoutes(
            new RouteBuilder() {
              @Override
              public void configure() {
                from(CACHE + "&filteredEvents=UPDATED,REMOVED,EXPIRED")
                    .process(
                        exchange ->
                            heard.add(
                                exchange.getIn().getHeader(JCacheConstants.KEY, String.class)));
              }
            });
        context.start();
        var template = context.createProducerTemplate();
        template.sendBodyAndHeaders(
            CACHE, "one", Map.of(JCacheConstants.ACTION, "PUT", JCacheConstants.KEY, "k" + round));
        var answer =
            template.requestBodyAndHeaders(
                CACHE, "", Map.of(JCacheConstants.ACTION, "GET", JCacheConstants.KEY, "k" + round));
        assertThat(answer).isEqualTo("one");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("k" + round);
      }
    }
  }

  @Test
  void aRouteIsAnsweredFromTheCache() throws Exception {
    var calls = new AtomicInteger();
    try (var context = new DefaultCamelContext()) {
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              var policy = new JCachePolicy();
              policy.setCacheName("answers");
              from("direct:ask")
                  .policy(policy)
                  .process(
                      exchange ->
                          exchange.getMessage().setBody("answer " + calls.incrementAndGet()));
            }
          });
      context.start();
      var template = context.createProducerTemplate();
      assertThat(template.requestBody("direct:ask", "question")).isEqualTo("answer 1");
      assertThat(template.requestBody("direct:ask", "question")).isEqualTo("answer 1");
      assertThat(template.requestBody("direct:ask", "another")).isEqualTo("answer 2");
    }
  }

  @Test
  void messagesAreHandledOnce() throws Exception {
    var handled = new AtomicInteger();
    try (var context = new DefaultCamelContext()) {
      var repository = new JCacheIdempotentRepository();
      repository.setCacheName("seen");
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:in")
                  .idempotentConsumer(header("id"))
                  .idempotentRepository(repository)
                  .process(exchange -> handled.incrementAndGet());
            }
          });
      context.start();
      var template = context.createProducerTemplate();
      template.sendBodyAndHeader("direct:in", "x", "id", "1");
      template.sendBodyAndHeader("direct:in", "x", "id", "1");
      template.sendBodyAndHeader("direct:in", "x", "id", "2");
      assertThat(handled).hasValue(2);
    }
  }
}
