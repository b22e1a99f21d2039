package dev.larder.internal.operation;

import dev.larder.internal.Unwrapping;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * The entry that an entry processor works on: records the net effect of its calls.
 *
 * <p>The first {@link #getValue} is a get, which may load; the last {@link #setValue} or {@link
 * #remove} is a put or a removal; calls in between stay internal (see the examples in the Javadoc
 * of {@link javax.cache.processor.EntryProcessor}).
 */
final class ProcessorEntry<K, V> implements MutableEntry<K, V> {
  private enum State {
    /** Nothing was stored or removed. */
    UNCHANGED,
    /** The value came from the loader. */
    LOADED,
    /** The processor set the value. */
    SET,
    /** The processor removed the entry. */
    REMOVED,
    /** The processor removed a value that only itself had set. */
    WITHDRAWN
  }

  private final K key;
  private final @Nullable V initial;
  private final @Nullable Function<? super K, ? extends @Nullable V> loader;
  private final UnaryOperator<V> copier;
  private final UnaryOperator<V> checker;
  private State state = State.UNCHANGED;
  private boolean asked;
  private boolean loaded;
  private @Nullable V value;

  ProcessorEntry(
      K key,
      @Nullable V initial,
      @Nullable Function<? super K, ? extends @Nullable V> loader,
      UnaryOperator<V> copier,
      UnaryOperator<V> checker) {
    this.key = key;
    this.initial = initial;
    this.loader = loader;
    this.copier = copier;
    this.checker = checker;
  }

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public boolean exists() {
    return state == State.UNCHANGED ? initial != null : value != null;
  }

  @Override
  @SuppressWarnings("NullAway") // JSR-107: null where there is no value
  public V getValue() {
    if (state == State.UNCHANGED && !asked) {
      asked = true;
      read();
    }
    return value;
  }

  private void read() {
    if (initial != null) {
      value = copier.apply(initial);
    } else if (loader != null) {
      value = loader.apply(key);
      loaded = value != null;
      state = loaded ? State.LOADED : State.UNCHANGED;
    }
  }

  @Override
  public void setValue(V newValue) {
    value = checker.apply(newValue);
    state = State.SET;
  }

  @Override
  public void remove() {
    boolean onlyOwnValue = initial == null && !loaded && state == State.SET;
    state = onlyOwnValue ? State.WITHDRAWN : State.REMOVED;
    value = null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrapping.unwrap(this, type);
  }

  /** Says whether the processor saw the value that the cache had. */
  boolean isAccessed() {
    return asked && initial != null;
  }

  boolean isLoaded() {
    return state == State.LOADED;
  }

  boolean isRemoved() {
    return state == State.REMOVED;
  }

  /** Returns the value that the entry ends with, if the processor or the loader gave it one. */
  @Nullable V valueToStore() {
    if (value == null || (state != State.SET && state != State.LOADED)) {
      return null;
    }
    return copier.apply(value);
  }
}
