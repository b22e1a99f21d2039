package dev.larder.internal.operation;

import java.util.function.BiFunction;
import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One JCache operation on one key: decides the entry's next state and remembers what it did.
 *
 * <p>An object serves one call and one thread at a time. An engine {@linkplain #run runs} it on the
 * entry that it found, and again on a newer one when the first outcome could not be committed; only
 * the last run counts. The object is also the function that an in-memory map applies to the key's
 * mapping ({@link #apply}), so that one allocation serves the whole call.
 *
 * @param <V> the type of the value
 * @param <R> the type of the answer
 */
public abstract class EntryOperation<V, R extends @Nullable Object>
    implements BiFunction<Object, @Nullable Entry<V>, @Nullable Entry<V>> {

  private @Nullable Mapper<V> mapper;
  private Change change = Change.NONE;
  private @Nullable V before;
  private @Nullable V after;
  private long deadline;
  private int weight = 1;
  private @Nullable Duration timeToLive;

  /** Decides on the live entry, or on {@code null} where there is none. */
  protected abstract void decide(@Nullable Entry<V> live, ExpiryRules expiry);

  /** Returns the answer for the caller, which is {@code null} only if {@code R} says so. */
  public abstract @Nullable R result();

  /** Says what must be known to decide; where nobody listens, an engine need not find out more. */
  public Need need() {
    return Need.ENTRY;
  }

  /**
   * Returns the value that the caller wants stored, if the operation knows it before it decides.
   */
  public @Nullable V offered() {
    return null;
  }

  /** Says whether the operation counts as a get in the statistics. */
  public boolean isLookup() {
    return false;
  }

  /** Says whether deciding calls code of the user's, which may be slow or call the cache again. */
  public boolean runsUserCode() {
    return false;
  }

  /** Says whether the operation changes nothing where there is a live entry. */
  public boolean leavesLive() {
    return false;
  }

  /** Says whether a cache writer is told to delete the key, whatever the change. */
  public boolean deletesThrough() {
    return change == Change.REMOVE;
  }

  /** Says whether a cache writer is told to write the new value. */
  public final boolean writesThrough() {
    return change == Change.CREATE || change == Change.UPDATE;
  }

  /** Sets how long what is stored shall live, whatever the cache's policy says. */
  public final EntryOperation<V, R> lasting(@Nullable Duration newTimeToLive) {
    timeToLive = newTimeToLive;
    return this;
  }

  /** Returns the rules by which this operation sets deadlines, given the cache's. */
  public final ExpiryRules rules(ExpiryRules expiry) {
    return timeToLive == null ? expiry : expiry.lasting(timeToLive);
  }

  /** Decides anew, forgetting any earlier run. */
  public final void run(@Nullable Entry<V> live, ExpiryRules expiry) {
    change = Change.NONE;
    before = live == null ? null : live.value();
    after = null;
    decide(live, rules(expiry));
  }

  /** Returns what the last run decided. */
  public final Change change() {
    return change;
  }

  /** Returns the live value that the last run found. */
  public final @Nullable V before() {
    return before;
  }

  /** Returns the value that the last run stores. */
  public final @Nullable V after() {
    return after;
  }

  /** Returns when the entry expires after the last run, if it stores or touches. */
  public final long deadline() {
    return deadline;
  }

  /** Returns what the new value weighs, as an engine has found. */
  public final int weight() {
    return weight;
  }

  /** Notes what the new value weighs. */
  public final void setWeight(int newWeight) {
    weight = newWeight;
  }

  /** Says whether the new value expires before anyone could see it: it is then never stored. */
  public final boolean isStillborn() {
    return deadline == Deadline.PAST && before == null && change.stores();
  }

  /** Names the function that {@link #apply} hands this operation to. */
  public final void mapWith(Mapper<V> newMapper) {
    mapper = newMapper;
  }

  /** Returns the key's next mapping; for the engine that {@linkplain #mapWith named a mapper}. */
  @Override
  public final @Nullable Entry<V> apply(Object key, @Nullable Entry<V> mapped) {
    if (mapper == null) {
      throw new IllegalStateException("the operation has no mapper; an engine names one first");
    }
    return mapper.map(key, mapped, this);
  }

  /** Stores a value of the user's where there was none. */
  protected final void create(V value, ExpiryRules expiry) {
    store(Change.CREATE, value, expiry.onCreation());
  }

  /** Stores a value of the user's in place of the live one. */
  protected final void update(Entry<V> live, V value, ExpiryRules expiry) {
    long previous = change == Change.TOUCH ? deadline : live.deadline();
    store(Change.UPDATE, value, expiry.onUpdate(previous));
  }

  /** Stores a loaded value. */
  protected final void load(@Nullable Entry<V> live, V value, ExpiryRules expiry) {
    store(
        Change.LOAD, value, live == null ? expiry.onCreation() : expiry.onUpdate(live.deadline()));
  }

  /** Notes that the user saw the live value. */
  protected final void touch(Entry<V> live, ExpiryRules expiry) {
    long previous = live.deadline();
    long next = expiry.onAccess(previous);
    if (next != previous) {
      change = Change.TOUCH;
      deadline = next;
    }
  }

  /** Lets the live entry expire as a new one would. */
  protected final void expireAnew(ExpiryRules expiry) {
    change = Change.TOUCH;
    deadline = expiry.onCreation();
  }

  /** Removes the live entry. */
  protected final void removeLive() {
    change = Change.REMOVE;
  }

  /** Drops the live entry without a trace. */
  protected final void discard() {
    change = Change.DISCARD;
  }

  private void store(Change newChange, V value, long newDeadline) {
    change = newChange;
    after = value;
    deadline = newDeadline;
  }

  /**
   * Turns a key's mapping into the next one by running an operation.
   *
   * @param <V> the type of the value
   */
  @FunctionalInterface
  public interface Mapper<V> {
    /** Returns the next mapping, or {@code null} for none. */
    @Nullable Entry<V> map(Object key, @Nullable Entry<V> mapped, EntryOperation<V, ?> operation);
  }
}
