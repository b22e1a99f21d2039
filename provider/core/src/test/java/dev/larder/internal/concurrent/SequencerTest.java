package dev.larder.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.Eventually;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SequencerTest {
  private final Sequencer<String> sequencer = new Sequencer<>();
  private final List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private Runnable note(int number) {
    return () -> ran.add(number);
  }

  @Test
  void tasksOfOneKeyRunInTheirOrder() {
    sequencer.add("key", note(1));
    sequencer.add("other", note(-1));
    sequencer.add("key", note(2));
    sequencer.add("key", note(3));

    assertThat(sequencer.drain("key")).isTrue();
    assertThat(ran).containsExactly(1, 2, 3);
  }

  @Test
  void drainOfAnUnknownKeyHasNothingToDo() {
    assertThat(sequencer.drain("key")).isTrue();
  }

  @Test
  void firstTaskIsFirstAgainWhenTheKeyIsDrained() {
    assertThat(sequencer.add("key", note(1)).isFirst()).isTrue();
    assertThat(sequencer.add("key", note(2)).isFirst()).isFalse();
    sequencer.drain("key");

    assertThat(sequencer.add("key", note(3)).isFirst()).isTrue();
  }

  @Test
  void taskThatIsAddedByATaskRunsInTheSameDrain() {
    AtomicBoolean drained = new AtomicBoolean(true);
    sequencer.add(
        "key",
        () -> {
          ran.add(1);
          sequencer.add("key", note(2));
          drained.set(sequencer.drain("key"));
        });
    sequencer.drain("key");

    assertThat(drained).isFalse();
    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void ticketIsFreeWhenItsTaskHasRun() throws Exception {
    Sequencer.Ticket ticket = sequencer.add("key", note(1));
    assertThat(ticket.isFree()).isFalse();
    assertThat(ticket.occupant()).isNull();
    sequencer.drain("key");

    assertThat(ticket.isFree()).isTrue();
    ticket.awaitFree();
  }

  @Test
  void keysRunSideBySideAndOneDrainsAtATime() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Sequencer.Ticket slow =
        sequencer.add(
            "slow",
            () -> {
              started.countDown();
              awaitUnchecked(mayEnd);
            });
    Future<Boolean> drain = threads.submit(() -> sequencer.drain("slow"));
    started.await();

    assertThat(slow.occupant()).isNotNull().isNotSameAs(Thread.currentThread());
    assertThat(sequencer.drain("slow")).isFalse();
    sequencer.add("quick", note(1));
    assertThat(sequencer.drain("quick")).isTrue();
    assertThat(ran).containsExactly(1);

    mayEnd.countDown();
    assertThat(drain.get()).isTrue();
    slow.awaitFree();
  }

  @Test
  void noTaskIsLostOrOvertakenAmongThreads() throws Exception {
    int each = 5_000;
    ReentrantLock adding = new ReentrantLock();
    AtomicBoolean running = new AtomicBoolean();
    List<String> overlaps = Collections.synchronizedList(new ArrayList<>());
    int[] next = new int[1];
    List<Future<?>> done = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  adding.lock();
                  try {
                    int number = next[0]++;
                    sequencer.add(
                        "key",
                        () -> {
                          if (!running.compareAndSet(false, true)) {
                            overlaps.add("task " + number);
                          }
                          ran.add(number);
                          running.set(false);
                        });
                  } finally {
                    adding.unlock();
                  }
                  sequencer.drain("key");
                }
              }));
    }
    for (Future<?> thread : done) {
      thread.get();
    }

    Eventually.await("the last drain ends", () -> ran.size() == 4 * each);
    assertThat(overlaps).isEmpty();
    assertThat(ran).isSorted();
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
