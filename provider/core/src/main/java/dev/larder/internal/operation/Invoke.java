package dev.larder.internal.operation;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an {@link EntryProcessor}; only the net effect of what it did to the entry counts.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 * @param <T> the type of the processor's answer
 */
public final class Invoke<K, V, T extends @Nullable Object> extends EntryOperation<V, T> {
  private final K key;
  private final EntryProcessor<K, V, T> processor;
  private final @Nullable Object[] arguments;
  private final @Nullable Function<? super K, ? extends @Nullable V> loader;
  private final UnaryOperator<V> copier;
  private final UnaryOperator<V> checker;
  private boolean repeatable;
  private boolean deletesThrough;
  private @Nullable T answer;

  /**
   * Runs a processor.
   *
   * @param loader loads a value that the processor asks for and the cache does not have
   * @param copier makes the copies that keep the processor's objects apart from the stored ones
   * @param checker returns a value that the processor sets, or throws if the cache cannot hold it
   */
  public Invoke(
      K key,
      EntryProcessor<K, V, T> processor,
      @Nullable Object[] arguments,
      @Nullable Function<? super K, ? extends @Nullable V> loader,
      UnaryOperator<V> copier,
      UnaryOperator<V> checker) {
    this.key = key;
    this.processor = processor;
    this.arguments = arguments;
    this.loader = loader;
    this.copier = copier;
    this.checker = checker;
  }

  /** Says that the processor is Larder's own, quick, and nothing that would notice a second run. */
  public Invoke<K, V, T> repeatable() {
    repeatable = true;
    return this;
  }

  @Override
  protected void decide(@Nullable Entry<V> live, ExpiryRules expiry) {
    ProcessorEntry<K, V> entry =
        new ProcessorEntry<>(key, live == null ? null : live.value(), loader, copier, checker);
    answer = process(entry);
    deletesThrough = entry.isRemoved();
    if (entry.isAccessed() && live != null) {
      touch(live, expiry);
    }
    V stored = entry.valueToStore();
    if (entry.isRemoved()) {
      if (live != null) {
        removeLive();
      }
    } else if (entry.isLoaded() && stored != null) {
      load(null, stored, expiry);
    } else if (stored != null) {
      put(live, stored, expiry);
    }
  }

  private void put(@Nullable Entry<V> live, V value, ExpiryRules expiry) {
    if (live == null) {
      create(value, expiry);
    } else {
      update(live, value, expiry);
    }
  }

  private T process(ProcessorEntry<K, V> entry) {
    try {
      return processor.process(entry, arguments);
    } catch (EntryProcessorException e) {
      throw e;
    } catch (Exception e) {
      throw new EntryProcessorException("the entry processor failed for key " + key, e);
    }
  }

  @Override
  public @Nullable T result() {
    return answer;
  }

  @Override
  public boolean isLookup() {
    return true;
  }

  @Override
  public boolean runsUserCode() {
    return !repeatable;
  }

  @Override
  public boolean deletesThrough() {
    return deletesThrough;
  }
}
