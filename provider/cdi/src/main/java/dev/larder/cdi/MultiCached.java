package dev.larder.cdi;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Keeps the results of a method that finds many at once, and calls it with the missing keys only.
 *
 * <p>The method has a parameter that is a {@code Collection}, {@code List} or {@code Set}, and
 * returns a {@code Map}, or a stage of one, with elements of that parameter as its keys: those for
 * which there is something. It is not called if all are kept.
 *
 * <p>On a class it means nothing, since methods differ in their parameters.
 *
 * <p>As with {@link Cached}, a failure of the cache never breaks a call, and {@code larder-async}
 * must be on the class path.
 */
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface MultiCached {
  /** The name of the parameter with the keys, or its position, counted from 0. */
  @Nonbinding
  String keys();

  /** The name of the cache; see {@link Cached#cacheName}. */
  @Nonbinding
  String cacheName() default "";

  /**
   * A template of the key of one element, in which the name of the parameter with the keys stands
   * for the element; see {@link Cached#key}. So {@code "book:{ids}"} gives the keys that {@code
   * "book:{id}"} gives {@link Cached}. Without a template, a key is made of the method, the element
   * and the other arguments.
   */
  @Nonbinding
  String key() default "";

  /** How long results live; see {@link Cached#timeToLive}. */
  @Nonbinding
  String timeToLive() default "";

  /** Which results are not kept; see {@link Cached#skip}. */
  @Nonbinding
  Class<? extends SkipRule> skip() default SkipRule.class;

  /** Whether null is kept as a result; see {@link Cached#nulls}. */
  @Nonbinding
  boolean nulls() default false;

  /** Whether results are read from the cache; if not, the method is called with all keys. */
  @Nonbinding
  boolean read() default true;

  /** Whether results are written to the cache. */
  @Nonbinding
  boolean write() default true;

  /** Whether a call waits until its results are kept. */
  @Nonbinding
  boolean waitForWrite() default true;
}
