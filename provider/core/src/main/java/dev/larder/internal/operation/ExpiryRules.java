package dev.larder.internal.operation;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Turns what an {@link ExpiryPolicy} says into deadlines; its only caller.
 *
 * <p>The policies that come with JSR-107 answer the same each time, so they are asked once. A
 * policy of the user's is asked exactly when an operation's outcome calls for it. One that throws
 * leaves the deadline as it was, and makes a new entry eternal.
 */
public final class ExpiryRules {
  private static final Logger LOG = System.getLogger("dev.larder.expiry");
  private static final Set<Class<?>> CONSTANT_POLICIES =
      Set.of(
          AccessedExpiryPolicy.class,
          CreatedExpiryPolicy.class,
          EternalExpiryPolicy.class,
          ModifiedExpiryPolicy.class,
          TouchedExpiryPolicy.class);

  /** The time to live that leaves a deadline as it is; real ones are never negative. */
  private static final long UNCHANGED = -1;

  private static final long FOREVER = Long.MAX_VALUE;

  private final ExpiryPolicy policy;
  private final LongSupplier ticker;
  private final boolean keepingNothing;
  private final boolean constant;
  private final long creation;
  private final long update;
  private final long access;

  /** What {@link #renewing} returns, once it is known. */
  private volatile @Nullable ExpiryRules renewing;

  /** Reads time from a ticker that counts nanoseconds and never goes back. */
  public ExpiryRules(ExpiryPolicy policy, LongSupplier ticker) {
    this(policy, ticker, false);
  }

  private ExpiryRules(ExpiryPolicy policy, LongSupplier ticker, boolean keepingNothing) {
    this.keepingNothing = keepingNothing;
    this.policy = policy;
    this.ticker = ticker;
    this.constant = CONSTANT_POLICIES.contains(policy.getClass());
    this.creation = constant ? nanos(policy::getExpiryForCreation, FOREVER) : FOREVER;
    this.update = constant ? nanos(policy::getExpiryForUpdate, UNCHANGED) : UNCHANGED;
    this.access = constant ? nanos(policy::getExpiryForAccess, UNCHANGED) : UNCHANGED;
  }

  /** Returns rules by which nothing is ever kept, not even what has a time to live of its own. */
  public static ExpiryRules keepingNothing() {
    return new ExpiryRules(new CreatedExpiryPolicy(Duration.ZERO), () -> 0, true);
  }

  /**
   * Returns rules for one call of the user's, which may run its operation several times: they ask
   * the policy each question at most once.
   */
  public ExpiryRules forOneCall() {
    return constant ? this : new ExpiryRules(new Remembering(policy), ticker);
  }

  /** Returns rules by which an entry lives for a fixed time since it was last stored. */
  public ExpiryRules lasting(Duration timeToLive) {
    return keepingNothing ? this : new ExpiryRules(new ModifiedExpiryPolicy(timeToLive), ticker);
  }

  /** Returns rules by which an entry that is replaced lives as long as a new one. */
  public ExpiryRules renewing() {
    ExpiryRules known = renewing;
    if (known == null) {
      known =
          constant ? lasting(forCreation(policy)) : new ExpiryRules(new Renewing(policy), ticker);
      renewing = known;
    }
    return known;
  }

  /**
   * Returns rules for an engine that only asks how long entries have to live: time stands still, so
   * that {@link #millisUntil} gives exactly what the policy said.
   */
  public ExpiryRules withoutClock() {
    return new ExpiryRules(policy, () -> 0);
  }

  /** Says whether asking the policy calls code of the user's. */
  public boolean runsUserCode() {
    return !constant;
  }

  /** Says whether seeing a value can change its deadline. */
  public boolean watchesAccess() {
    return !constant || access != UNCHANGED;
  }

  /** Says whether an entry can ever expire. */
  public boolean canExpire() {
    return !constant || isFinite(creation) || isFinite(update) || isFinite(access);
  }

  private static boolean isFinite(long timeToLive) {
    return timeToLive != FOREVER && timeToLive != UNCHANGED;
  }

  /** Says whether a deadline has passed. */
  public boolean isPast(long deadline) {
    return deadline != Deadline.NEVER && deadline <= ticker.getAsLong();
  }

  /** Returns the deadline of a new entry. */
  public long onCreation() {
    long timeToLive = constant ? creation : nanos(policy::getExpiryForCreation, FOREVER);
    return deadline(timeToLive, Deadline.NEVER);
  }

  /** Returns the deadline of an entry whose value is replaced. */
  public long onUpdate(long previous) {
    return deadline(constant ? update : nanos(policy::getExpiryForUpdate, UNCHANGED), previous);
  }

  /** Returns the deadline of an entry whose value was seen. */
  public long onAccess(long previous) {
    return deadline(constant ? access : nanos(policy::getExpiryForAccess, UNCHANGED), previous);
  }

  private long deadline(long timeToLive, long previous) {
    if (timeToLive == UNCHANGED) {
      return previous;
    }
    if (timeToLive == FOREVER) {
      return Deadline.NEVER;
    }
    if (timeToLive == 0) {
      return Deadline.PAST;
    }
    long now = ticker.getAsLong();
    long deadline = now + timeToLive;
    return deadline < now ? Deadline.NEVER : deadline;
  }

  // User code may throw anything; an entry must not be lost for it.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private static long nanos(Supplier<@Nullable Duration> question, long otherwise) {
    Duration duration;
    try {
      duration = question.get();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the expiry policy failed; the deadline stays as it was", e);
      return otherwise;
    }
    if (duration == null) {
      return otherwise;
    }
    if (duration.isEternal()) {
      return FOREVER;
    }
    TimeUnit unit = duration.getTimeUnit();
    return Math.max(0, unit.toNanos(duration.getDurationAmount()));
  }

  /**
   * Returns the time that is left until a deadline that has not passed, in milliseconds, rounded
   * up.
   */
  public long millisUntil(long deadline) {
    long nanos = deadline - ticker.getAsLong();
    return Math.max(1, (nanos + 999_999) / 1_000_000);
  }

  private static Duration forCreation(ExpiryPolicy policy) {
    Duration duration = policy.getExpiryForCreation();
    return duration == null ? Duration.ETERNAL : duration;
  }

  /** A policy that takes an entry that is replaced for a new one. */
  private record Renewing(ExpiryPolicy policy) implements ExpiryPolicy {
    @Override
    public Duration getExpiryForCreation() {
      return forCreation(policy);
    }

    @Override
    public Duration getExpiryForUpdate() {
      return forCreation(policy);
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107 allows null
    public Duration getExpiryForAccess() {
      return policy.getExpiryForAccess();
    }
  }

  /** A policy that remembers its answers. */
  private static final class Remembering implements ExpiryPolicy {
    private final Supplier<@Nullable Duration> creation;
    private final Supplier<@Nullable Duration> update;
    private final Supplier<@Nullable Duration> access;

    Remembering(ExpiryPolicy policy) {
      creation = once(policy::getExpiryForCreation);
      update = once(policy::getExpiryForUpdate);
      access = once(policy::getExpiryForAccess);
    }

    private static Supplier<@Nullable Duration> once(Supplier<@Nullable Duration> question) {
      AtomicReference<@Nullable Supplier<@Nullable Duration>> answer = new AtomicReference<>();
      return () -> {
        Supplier<@Nullable Duration> known = answer.get();
        if (known == null) {
          Duration duration = question.get();
          known = () -> duration;
          answer.set(known);
        }
        return known.get();
      };
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107 allows null
    public Duration getExpiryForCreation() {
      return creation.get();
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107 allows null
    public Duration getExpiryForAccess() {
      return access.get();
    }

    @Override
    @SuppressWarnings("NullAway") // JSR-107 allows null
    public Duration getExpiryForUpdate() {
      return update.get();
    }
  }
}
