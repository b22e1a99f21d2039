package dev.larder.memcached;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.ops.ConcatenationType;
import net.spy.memcached.ops.Mutator;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.ops.StoreType;
import org.jspecify.annotations.Nullable;

/** The commands of Memcached that are in use, in either of its protocols. */
final class Commands {
  private static final byte[] NOTHING = {};

  /** What the driver takes for no condition. */
  private static final long ANY_CAS = 0;

  /** A time to live by which the server knows that a number which is missing is not to be made. */
  private static final int NO_DEFAULT = -1;

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

  CompletionStage<Reply> store(StoreType type, String key, Form form) {
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

  // ---- only for those who name them -----------------------------------------------------------

  /** Puts bytes before or behind those that are there. */
  CompletionStage<Reply> concatenate(ConcatenationType type, String key, byte[] bytes) {
    Form form = new Form(bytes, StoredItem.PLAIN, Form.NEVER);
    return tooLarge(key, form)
        ? refused(key, form)
        : wire.send(key, call -> operations.cat(type, ANY_CAS, key, bytes, call));
  }

  /** Stores a value in place of the one with a number that came over the present connection. */
  CompletionStage<Reply> cas(String key, long cas, Form form) {
    return cas(key, cas, wire.serverOf(key).epoch(), form);
  }

  /** Changes a number, which is text; the answer's message is the new one. */
  CompletionStage<Reply> mutate(Mutator direction, String key, long amount) {
    return wire.send(key, call -> operations.mutate(direction, key, amount, 0, NO_DEFAULT, call));
  }

  CompletionStage<Reply> touch(String key, int seconds) {
    return wire.send(key, call -> operations.touch(key, seconds, call));
  }

  /** Asks each server for its version: the message of its answer. */
  CompletionStage<List<Reply>> version() {
    return onEach(operations::version);
  }

  /** Asks each server for figures of a kind, {@code null} for the most common. */
  CompletionStage<List<Reply>> stats(@Nullable String kind) {
    return onEach(call -> operations.stats(kind, call));
  }

  /** Removes all items of all servers, whoever put them there. */
  CompletionStage<List<Reply>> flush() {
    return onEach(call -> operations.flush(0, call));
  }

  private CompletionStage<List<Reply>> onEach(Function<Call, Operation> command) {
    return Bulk.change(1, wire.servers(), server -> wire.send(server, server.epoch(), command));
  }
}
