package dev.larder.cdi;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Has a cache injected by its name, as in {@code @Inject @CacheName("books") Cache<Integer, Book>}.
 *
 * <p>The cache is the application's cache manager's. If there is none of that name, it is created
 * with the types of the injection point, without a bound and without expiry.
 */
@Qualifier
@Retention(RUNTIME)
@Target({FIELD, METHOD, PARAMETER})
public @interface CacheName {
  /** The cache's name, which must not be empty. */
  @Nonbinding
  String value();

  /** The qualifier as an object, for {@code Instance.select}. */
  final class Literal extends AnnotationLiteral<CacheName> implements CacheName {
    private static final long serialVersionUID = 1;

    private final String value;

    private Literal(String value) {
      this.value = value;
    }

    /** Returns the qualifier for a cache's name. */
    public static Literal of(String value) {
      return new Literal(value);
    }

    @Override
    public String value() {
      return value;
    }
  }
}
