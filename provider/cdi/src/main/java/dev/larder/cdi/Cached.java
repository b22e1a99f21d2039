package dev.larder.cdi;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import javax.cache.annotation.CacheKeyGenerator;

/**
 * Keeps the results of a method in a cache, and calls it only for what is not there.
 *
 * <p>It does more than {@code @CacheResult}, and other than there a failure of the cache never
 * breaks a call: a read that fails is a miss, a write that fails is logged. It is the annotation of
 * {@code dev.larder.async.Cached}, and needs {@code larder-async} on the class path.
 *
 * <p>A method that returns a stage has its value kept; it is called where the cache's answer
 * arrives, which need not be the caller's thread.
 */
@InterceptorBinding
@Retention(RUNTIME)
@Target({METHOD, TYPE})
public @interface Cached {
  /**
   * The name of the cache, which must be there when the application is deployed; else that of
   * {@code @CacheDefaults}. If there is none of that name, or no name, the cache {@code default} is
   * used.
   */
  @Nonbinding
  String cacheName() default "";

  /**
   * A template of the key, such as {@code "book:{id}"}: a string, with arguments in the place of
   * their parameters' names, or of their positions, counted from 0. Names need classes that were
   * compiled with {@code -parameters}. Without a template and a generator, the key is made of the
   * method and its arguments.
   */
  @Nonbinding
  String key() default "";

  /** What makes the keys, in place of {@link #key}. */
  @Nonbinding
  Class<? extends CacheKeyGenerator> keyGenerator() default CacheKeyGenerator.class;

  /**
   * How long results live, in place of the cache's expiry policy: a duration as {@link
   * java.time.Duration#parse} reads it, such as {@code "PT10M"}. Empty leaves it to the policy.
   */
  @Nonbinding
  String timeToLive() default "";

  /** Which results are not kept; none of them by default. */
  @Nonbinding
  Class<? extends SkipRule> skip() default SkipRule.class;

  /**
   * Whether one of the calls of this JVM that miss the same key at the same time calls the method,
   * and the others wait for its result.
   */
  @Nonbinding
  boolean singleFlight() default false;

  /**
   * Has all JVMs that share the cache call the method one at a time for each key: how long others
   * wait for the one that calls, more than the method takes; a duration such as {@code "PT5S"}.
   * Empty for no such lease. The locks are in a cache named like this one with {@code -locks}.
   */
  @Nonbinding
  String lease() default "";

  /**
   * Whether null is kept as a result. It is kept as a stand-in, so the cache must not be limited to
   * values of one type.
   */
  @Nonbinding
  boolean nulls() default false;

  /** Whether results are read from the cache; if not, the method is always called. */
  @Nonbinding
  boolean read() default true;

  /** Whether results are written to the cache. */
  @Nonbinding
  boolean write() default true;

  /** Whether a call waits until its result is kept. */
  @Nonbinding
  boolean waitForWrite() default true;
}
