package dev.larder.tck.frameworks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the tests of a framework on each backend. */
@ParameterizedClass
@EnumSource
abstract class FrameworkTest {
  @Parameter Backend backend;

  @BeforeEach
  void moveToBackend() {
    backend.begin();
  }

  @AfterEach
  void leaveBackend() throws Exception {
    backend.end();
  }

  /** Runs a task on several threads at once, and returns their results. */
  static <T> List<T> race(int threads, Callable<T> task) throws Exception {
    var executor = Executors.newFixedThreadPool(threads);
    try {
      var results = new ArrayList<T>();
      for (var future : executor.invokeAll(Collections.nCopies(threads, task))) {
        results.add(future.get());
      }
      return results;
    } finally {
      executor.shutdown();
    }
  }
}
