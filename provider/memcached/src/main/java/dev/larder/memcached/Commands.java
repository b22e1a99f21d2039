package dev.larder.memcached;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.ops.StoreType;

/** The commands of Memcached that are in use, in either of its protocols. */
final class Commands {
  private static final byte[] NOTHING = {};

  private final Wire wire;
  private final OperationFactory operations;
  private final boolean binary;
  private final int itemLimit;

  /**
   * Creates the commands.
   *
   * @param itemLimit how many bytes an item may take on a server
   */
  Commands(Wire wire, OperationFactory operations, boolean binary, int itemLimit) {
    this.wire = wire;
    this.operations = operations;
    this.binary = binary;
    this.itemLimit = itemLimit;
  }

  /** Says whether there is a command that reads a value and sets its time. */
  boolean canGetAndTouch() {
    return binary;
  }

  CompletionStage<Reply> gets(String key) {
    return wire.send(key, call -> operations.gets(key, call));
  }

  CompletionStage<Reply> getAndTouch(String key, int seconds) {
    return wire.send(key, call -> operations.getAndTouch(key, seconds, call));
  }

  CompletionStage<Reply> set(String key, Form form) {
    return store(StoreType.set, key, form);
  }

  CompletionStage<Reply> add(String key, Form form) {
    return store(StoreType.add, key, form);
  }

  private CompletionStage<Reply> store(StoreType type, String key, Form form) {
    return tooLarge(key, form)
        ? refused(key, form)
        : wire.send(
            key,
            call -> operations.store(type, key, form.flags(), form.seconds(), form.bytes(), call));
  }

  /** Stores a value in place of the one with a number, which came over a certain connection. */
  CompletionStage<Reply> cas(String key, long cas, int epoch, Form form) {
    return tooLarge(key, form)
        ? refused(key, form)
        : wire.send(
            wire.serverOf(key),
            epoch,
            call ->
                operations.cas(
                    StoreType.set, key, cas, form.flags(), form.seconds(), form.bytes(), call));
  }

  private boolean tooLarge(String key, Form form) {
    return form.size(ItemKeys.length(key)) > itemLimit;
  }

  private CompletionStage<Reply> refused(String key, Form form) {
    return CompletableFuture.failedFuture(
        Failures.tooLarge(form.size(ItemKeys.length(key)), itemLimit));
  }

  /** Removes the value with a number, which came over a certain connection. */
  CompletionStage<Reply> delete(String key, long cas, int epoch) {
    // The text protocol has no such command, but a value can be replaced by one that has expired.
    return binary
        ? wire.send(wire.serverOf(key), epoch, call -> operations.delete(key, cas, call))
        : cas(key, cas, epoch, new Form(NOTHING, StoredItem.PLAIN, Form.LONG_AGO));
  }

  /** Removes whatever is there. */
  CompletionStage<Reply> delete(String key) {
    return wire.send(key, call -> operations.delete(key, call));
  }
}
