package dev.larder.tck.runner;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What every thread is doing, and which locks it waits for. */
final class ThreadDump {

  private ThreadDump() {}

  static String take() {
    return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(true, true))
        .map(ThreadDump::describe)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** {@link ThreadInfo#toString} stops after eight frames, too soon below JUnit. */
  private static String describe(ThreadInfo thread) {
    var text = new StringBuilder();
    text.append('"').append(thread.getThreadName()).append("\" ").append(thread.getThreadState());
    if (thread.getLockName() != null) {
      text.append(" on ").append(thread.getLockName());
    }
    if (thread.getLockOwnerName() != null) {
      text.append(" owned by \"").append(thread.getLockOwnerName()).append('"');
    }
    text.append(System.lineSeparator());
    for (var frame : thread.getStackTrace()) {
      text.append("    at ").append(frame).append(System.lineSeparator());
    }
    return text.toString();
  }
}
