package dev.larder.cdi;

import jakarta.interceptor.InvocationContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What follows the end of a method: its return, or the completion of the stage that it returns. */
@FunctionalInterface
interface Ending {
  /**
   * Is called once, on the thread that ended the method or completed its stage.
   *
   * @param value what the method returned or the stage gave, null if it failed
   * @param thrown what the method threw or failed the stage, null if it did not fail
   */
  void follow(@Nullable Object value, @Nullable Throwable thrown);

  /**
   * Proceeds with a call, and lets an ending follow.
   *
   * @param deferred whether the method is declared to return a stage
   * @return what the method returned, or a stage that is complete when the ending has been
   * @throws Exception what the method threw, with what the ending threw as suppressed; or what the
   *     ending threw
   */
  static @Nullable Object of(InvocationContext call, boolean deferred, Ending ending)
      throws Exception {
    Object result;
    try {
      result = call.proceed();
    } catch (Throwable thrown) {
      try {
        ending.follow(null, thrown);
      } catch (RuntimeException | Error further) {
        thrown.addSuppressed(further);
      }
      throw thrown;
    }
    if (deferred && result != null) {
      return ((CompletionStage<?>) result)
          .whenComplete((value, failure) -> ending.follow(value, cause(failure)));
    }
    ending.follow(result, null);
    return result;
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
