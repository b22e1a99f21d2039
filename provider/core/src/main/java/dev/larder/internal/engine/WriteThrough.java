package dev.larder.internal.engine;

import dev.larder.internal.CacheEntry;
import dev.larder.internal.operation.EntryOperation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.cache.Cache;
import javax.cache.integration.CacheWriter;
import javax.cache.integration.CacheWriterException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the {@link CacheWriter} between decision and commit; its only caller.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public final class WriteThrough<K, V> {
  private final CacheWriter<K, V> writer;
  private final UnaryOperator<K> keyCopier;
  private final UnaryOperator<V> valueCopier;

  /** Wraps a writer; the copiers keep what is stored apart from what the writer gets. */
  public WriteThrough(
      CacheWriter<K, V> writer, UnaryOperator<K> keyCopier, UnaryOperator<V> valueCopier) {
    this.writer = writer;
    this.keyCopier = keyCopier;
    this.valueCopier = valueCopier;
  }

  /** Writes one operation's change through. */
  public void apply(K key, EntryOperation<V, ?> operation) {
    try {
      if (operation.writesThrough()) {
        writer.write(entry(key, operation));
      } else if (operation.deletesThrough()) {
        writer.delete(keyCopier.apply(key));
      }
    } catch (CacheWriterException e) {
      throw e;
    } catch (Exception e) {
      throw new CacheWriterException("the cache writer failed for key " + key, e);
    }
  }

  /**
   * Writes the changes of several operations through, all writes in one call and all deletes in
   * another.
   *
   * @return what went wrong, if something did, and for which keys
   */
  public Result applyAll(Map<K, ? extends EntryOperation<V, ?>> operations) {
    List<Cache.Entry<? extends K, ? extends V>> writes = new ArrayList<>();
    List<Object> deletes = new ArrayList<>();
    operations.forEach(
        (key, operation) -> {
          if (operation.writesThrough()) {
            writes.add(entry(key, operation));
          } else if (operation.deletesThrough()) {
            deletes.add(keyCopier.apply(key));
          }
        });
    CacheWriterException failure = null;
    Set<Object> failed = new HashSet<>();
    if (!writes.isEmpty()) {
      failure = attempt(() -> writer.writeAll(writes));
      if (failure != null) {
        writes.forEach(entry -> failed.add(entry.getKey()));
      }
    }
    if (!deletes.isEmpty()) {
      CacheWriterException deleteFailure = attempt(() -> writer.deleteAll(deletes));
      if (deleteFailure != null) {
        failed.addAll(deletes);
        failure = deleteFailure;
      }
    }
    return new Result(failure, failed);
  }

  private static @Nullable CacheWriterException attempt(Runnable call) {
    try {
      call.run();
      return null;
    } catch (CacheWriterException e) {
      return e;
    } catch (Exception e) {
      return new CacheWriterException("the cache writer failed for several keys", e);
    }
  }

  private CacheEntry<K, V> entry(K key, EntryOperation<V, ?> operation) {
    return new CacheEntry<>(keyCopier.apply(key), valueCopier.apply(stored(operation)));
  }

  private static <V> V stored(EntryOperation<V, ?> operation) {
    V value = operation.after();
    if (value == null) {
      throw new IllegalStateException("a write without a value: " + operation.change());
    }
    return value;
  }

  /**
   * The outcome of writing several changes.
   *
   * @param failure what the writer threw, or {@code null}
   * @param failed the keys whose changes it left unwritten; empty without a failure
   */
  public record Result(@Nullable CacheWriterException failure, Set<Object> failed) {}
}
