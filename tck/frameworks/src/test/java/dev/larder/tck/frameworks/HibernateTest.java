package dev.larder.tck.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Cacheable;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;
import org.hibernate.Hibernate;
import org.hibernate.KeyType;
import org.hibernate.SessionFactory;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.cfg.Configuration;
import org.junit.jupiter.api.Test;

/** Hibernate's second-level cache: entities, collections, natural ids and queries. */
class HibernateTest extends FrameworkTest {
  @Entity(name = "Book")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
  @NaturalIdCache
  static class Book {
    @Id long id;
    @NaturalId String isbn;
    String title;

    @ElementCollection
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    List<String> authors = new ArrayList<>();

    Book() {}

    Book(long id, String isbn, String title, String... authors) {
      this.id = id;
      this.isbn = isbn;
      this.title = title;
      this.authors.addAll(List.of(authors));
    }
  }

  @Embeddable
  static class Place implements Serializable {
    private static final long serialVersionUID = 1;

    String shelf;
    int position;

    Place() {}

    Place(String shelf, int position) {
      this.shelf = shelf;
      this.position = position;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && place.shelf.equals(shelf)
          && place.position == position;
    }

    @Override
    public int hashCode() {
      return Objects.hash(shelf, position);
    }
  }

  @Entity(name = "Copy")
  @Cacheable
  @Cache(usage = CacheConcurrencyStrategy.NONSTRICT_READ_WRITE)
  static class Copy {
    @EmbeddedId Place place;
    String state;

    Copy() {}

    Copy(Place place, String state) {
      this.place = place;
      this.state = state;
    }
  }

  private static SessionFactory open() {
    return configuration().buildSessionFactory();
  }

  private static Configuration configuration() {
    return new Configuration()
        .addAnnotatedClass(Book.class)
        .addAnnotatedClass(Copy.class)
        .setProperty("hibernate.connection.url", "jdbc:h2:mem:books;DB_CLOSE_DELAY=-1")
        .setProperty("hibernate.hbm2ddl.auto", "create")
        .setProperty("hibernate.cache.region.factory_class", "jcache")
        .setProperty("hibernate.cache.use_query_cache", "true")
        .setProperty("hibernate.javax.cache.provider", "dev.larder.LarderCachingProvider")
        .setProperty("hibernate.javax.cache.missing_cache_strategy", "create")
        .setProperty("hibernate.generate_statistics", "true");
  }

  private static String title(SessionFactory factory, long id) {
    return factory.fromSession(session -> session.find(Book.class, id).title);
  }

  @Test
  void entitiesAndCollectionsComeFromTheCache() {
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Emma", "Austen")));
      factory.inSession(session -> Hibernate.initialize(session.find(Book.class, 1L).authors));
      factory.getStatistics().clear();
      factory.inSession(
          session -> assertThat(session.find(Book.class, 1L).authors).containsExactly("Austen"));
      assertThat(factory.getStatistics().getPrepareStatementCount()).isZero();
      assertThat(factory.getStatistics().getSecondLevelCacheHitCount()).isEqualTo(2);
    }
  }

  @Test
  void fileThatTheApplicationNamesIsRead() throws Exception {
    try (var factory =
        configuration()
            .setProperty("hibernate.javax.cache.uri", "named.properties")
            .buildSessionFactory()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Emma")));
      URI file = getClass().getResource("/named.properties").toURI();
      CachingProvider provider = Caching.getCachingProvider("dev.larder.LarderCachingProvider");
      assertThat(provider.getCacheManager(file, provider.getDefaultClassLoader()).getCacheNames())
          .contains("declared", Book.class.getName());
    }
  }

  @Test
  void changesReachTheCacheWithTheTransaction() {
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Emma")));
      factory.inTransaction(session -> session.find(Book.class, 1L).title = "Persuasion");
      factory.getStatistics().clear();
      assertThat(title(factory, 1)).isEqualTo("Persuasion");
      assertThat(factory.getStatistics().getPrepareStatementCount()).isZero();
      factory.inTransaction(session -> session.remove(session.find(Book.class, 1L)));
      factory.inSession(session -> assertThat(session.find(Book.class, 1L)).isNull());
    }
  }

  @Test
  void aTransactionUnderWayIsNotSeen() {
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Emma")));
      try (var session = factory.openSession()) {
        var transaction = session.beginTransaction();
        session.find(Book.class, 1L).title = "Persuasion";
        session.flush();
        assertThat(title(factory, 1)).isEqualTo("Emma");
        transaction.rollback();
      }
      assertThat(title(factory, 1)).isEqualTo("Emma");
    }
  }

  @Test
  void queriesAndNaturalIdsComeFromTheCache() {
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Emma")));
      for (int round = 0; round < 2; round++) {
        factory.getStatistics().clear();
        factory.inSession(
            session -> {
              var books =
                  session
                      .createQuery("from Book where title = :title", Book.class)
                      .setParameter("title", "Emma")
                      .setCacheable(true)
                      .list();
              assertThat(books).hasSize(1);
            });
        factory.inSession(
            session ->
                assertThat(session.find(Book.class, "i1", KeyType.NATURAL).title)
                    .isEqualTo("Emma"));
      }
      assertThat(factory.getStatistics().getQueryCacheHitCount()).isEqualTo(1);
      assertThat(factory.getStatistics().getNaturalIdCacheHitCount()).isEqualTo(1);
      assertThat(factory.getStatistics().getPrepareStatementCount()).isZero();
    }
  }

  @Test
  void composedIdsMatchByValue() {
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Copy(new Place("a", 1), "lent")));
      factory.inSession(session -> session.find(Copy.class, new Place("a", 1)));
      factory.getStatistics().clear();
      factory.inSession(
          session ->
              assertThat(session.find(Copy.class, new Place("a", 1)).state).isEqualTo("lent"));
      assertThat(factory.getStatistics().getPrepareStatementCount()).isZero();
    }
  }

  @Test
  void regionsAreEmptiedAndTheFactoryOpensAgain() {
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Emma")));
      title(factory, 1);
      assertThat(factory.getCache().containsEntity(Book.class, 1L)).isTrue();
      factory.getCache().evictAllRegions();
      assertThat(factory.getCache().containsEntity(Book.class, 1L)).isFalse();
    }
    try (var factory = open()) {
      factory.inTransaction(session -> session.persist(new Book(1, "i1", "Persuasion")));
      assertThat(title(factory, 1)).isEqualTo("Persuasion");
    }
  }
}
