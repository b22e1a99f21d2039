package dev.larder.internal.operation;

import javax.cache.expiry.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One JCache operation on one key: decides the entry's next state and remembers what it did.
 *
 * <p>An object serves one call and one thread at a time. An engine {@linkplain #run runs} it on the
 * entry that it found, and again on a newer one when the first outcome could not be committed; only
 * the last run counts. While it decides, it also is the live entry that it sees, so that one
 * allocation serves the whole call.
 *
 * @param <V> the type of the value
 * @param <R> the type of the answer
 */
public abstract class EntryOperation<V, R extends @Nullable Object> implements Entry<V> {

  private Change change = Change.NONE;
  private @Nullable V before;
  private @Nullable V after;
  private long deadline;
  private int weight = 1;
  private @Nullable Duration timeToLive;
  private boolean renewing;

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

  /** Says whether deciding again, after a lost race, is nothing that a user would notice. */
  public boolean mayRunAgain() {
    return !runsUserCode();
  }

  /** Says whether the operation changes nothing where there is a live entry. */
  public boolean leavesLive() {
    return false;
  }

  /** Says whether what the caller gets depends on the value that is there. */
  public boolean asksForValue() {
    return true;
  }

  /** Says whether the last run only stores because it found no value. */
  public boolean fillsGap() {
    return change == Change.LOAD;
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

  /** Lets what is stored live as long as a new entry, whatever is there. */
  public final EntryOperation<V, R> renewing() {
    renewing = true;
    return this;
  }

  /** Says whether what is stored has a time to live that is not the policy's. */
  public final boolean hasOwnTimeToLive() {
    return timeToLive != null;
  }

  /** Returns the rules by which this operation sets deadlines, given the cache's. */
  public final ExpiryRules rules(ExpiryRules expiry) {
    if (timeToLive != null) {
      return expiry.lasting(timeToLive);
    }
    return renewing ? expiry.renewing() : expiry;
  }

  /** Decides anew, forgetting any earlier run. */
  public final void run(@Nullable Entry<V> live, ExpiryRules expiry) {
    if (live == null) {
      run(null, Deadline.NEVER, expiry);
    } else {
      run(live.value(), live.deadline(), expiry);
    }
  }

  /**
   * Decides anew on a live value and its deadline, or on {@code null} where there is none,
   * forgetting any earlier run.
   */
  public final void run(@Nullable V live, long liveDeadline, ExpiryRules expiry) {
    change = Change.NONE;
    before = live;
    after = null;
    deadline = liveDeadline;
    decide(live == null ? null : this, rules(expiry));
  }

  /** Returns the live value, to itself while it decides on one. */
  @Override
  @SuppressWarnings("NullAway") // there is one then
  public final V value() {
    return before;
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

  /** Returns when the entry expires after the last run; until it stores or touches, when it did. */
  @Override
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

  /** Stores a value of the user's where there was none. */
  protected final void create(V value, ExpiryRules expiry) {
    store(Change.CREATE, value, expiry.onCreation());
  }

  /** Stores a value of the user's in place of the live one. */
  protected final void update(Entry<V> live, V value, ExpiryRules expiry) {
    store(Change.UPDATE, value, expiry.onUpdate(live.deadline()));
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
}
