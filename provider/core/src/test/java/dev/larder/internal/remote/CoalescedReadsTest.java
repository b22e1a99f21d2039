package dev.larder.internal.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.larder.spi.RemoteStore;
import dev.larder.spi.Stored;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoalescedReadsTest {
  private static final int ALONE = 16;

  /** The commands that were sent, each as the keys that it reads, and what is owed for them. */
  private final List<List<String>> sent = new ArrayList<>();

  private final List<CompletableFuture<Object>> replies = new ArrayList<>();
  private final List<Runnable> tasks = new ArrayList<>();

  private RemoteStore store(int coalesced) {
    return (RemoteStore)
        Proxy.newProxyInstance(
            RemoteStore.class.getClassLoader(),
            new Class<?>[] {RemoteStore.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "coalesced" -> coalesced;
                  case "get" -> send(List.of(text((byte[]) arguments[0])));
                  case "getAll" ->
                      send(
                          ((List<?>) arguments[0])
                              .stream().map(key -> text((byte[]) key)).toList());
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private CompletableFuture<Object> send(List<String> keys) {
    sent.add(keys);
    replies.add(new CompletableFuture<>());
    return replies.get(replies.size() - 1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static Stored valueOf(String key) {
    return new Stored(("value of " + key).getBytes(UTF_8), 0);
  }

  private static List<CompletionStage<Stored>> read(CoalescedReads reads, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> reads.get(("k" + i).getBytes(UTF_8))).toList();
  }

  private static String value(CompletionStage<Stored> read) {
    return text(read.toCompletableFuture().join().value());
  }

  private void runTasks() {
    List<Runnable> now = List.copyOf(tasks);
    tasks.clear();
    now.forEach(Runnable::run);
  }

  private void answer(int command) {
    List<String> keys = sent.get(command);
    Object single = keys.size() == 1 && command < ALONE ? valueOf(keys.get(0)) : null;
    replies
        .get(command)
        .complete(
            single == null ? keys.stream().map(CoalescedReadsTest::valueOf).toList() : single);
  }

  @Test
  void fewReadsAreSentAtOnceAndAlone() {
    CoalescedReads reads = new CoalescedReads(always(store(64)), tasks::add);
    List<CompletionStage<Stored>> all = read(reads, 0, ALONE);
    assertThat(tasks).isEmpty();
    assertThat(sent).hasSize(ALONE).allMatch(keys -> keys.size() == 1);
    answer(3);
    assertThat(value(all.get(3))).isEqualTo("value of k3");
  }

  @Test
  void thoseBeyondShareCommandsOfNoMoreKeysThanTheStoreWants() {
    CoalescedReads reads = new CoalescedReads(always(store(10)), tasks::add);
    List<CompletionStage<Stored>> all = read(reads, 0, ALONE + 25);
    assertThat(sent).hasSize(ALONE);
    assertThat(tasks).hasSize(1);
    runTasks();
    assertThat(sent.subList(ALONE, sent.size())).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(sent.get(ALONE)).startsWith("k16", "k17").endsWith("k25");

    answer(ALONE + 1);
    assertThat(value(all.get(26))).isEqualTo("value of k26");
    assertThat(all.get(25).toCompletableFuture()).isNotDone();
    answer(ALONE);
    answer(ALONE + 2);
    assertThat(value(all.get(16))).isEqualTo("value of k16");
    assertThat(value(all.get(40))).isEqualTo("value of k40");
  }

  @Test
  void readsThatWereAnsweredMakeRoom() {
    CoalescedReads reads = new CoalescedReads(always(store(64)), tasks::add);
    read(reads, 0, ALONE + 1);
    runTasks();
    answer(0);
    answer(ALONE);
    read(reads, 100, 101);
    assertThat(sent).endsWith(List.of("k100"));
    read(reads, 101, 103);
    assertThat(sent).hasSize(ALONE + 2);
    runTasks();
    assertThat(sent).endsWith(List.of("k101", "k102"));
  }

  @Test
  void aFailureIsThatOfThoseThatShareTheCommand() {
    CoalescedReads reads = new CoalescedReads(always(store(2)), tasks::add);
    List<CompletionStage<Stored>> all = read(reads, 0, ALONE + 4);
    runTasks();
    IllegalStateException lost = new IllegalStateException("lost");
    replies.get(ALONE).completeExceptionally(lost);
    answer(ALONE + 1);
    assertThatThrownBy(() -> value(all.get(ALONE + 1))).cause().isSameAs(lost);
    assertThat(value(all.get(ALONE + 2))).isEqualTo("value of k18");
    assertThat(all.get(0).toCompletableFuture()).isNotDone();
  }

  @Test
  void aStoreThatGainsNothingGetsACommandForEach() {
    read(new CoalescedReads(always(store(1)), tasks::add), 0, 30);
    assertThat(sent).hasSize(30);
    assertThat(tasks).isEmpty();
  }

  @Test
  void whereTheExecutorIsShutDownTheCallerSends() {
    Executor shutDown =
        task -> {
          throw new RejectedExecutionException("shut down");
        };
    read(new CoalescedReads(always(store(64)), shutDown), 0, ALONE + 2);
    assertThat(sent).hasSize(ALONE + 2);
  }

  private static Supplier<RemoteStore> always(RemoteStore store) {
    return () -> store;
  }
}
