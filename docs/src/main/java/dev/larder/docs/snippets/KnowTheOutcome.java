package dev.larder.docs.snippets;

import dev.larder.BackendException;
import javax.cache.Cache;

/** A change of which nobody may know whether it was made. */
final class KnowTheOutcome {
  private KnowTheOutcome() {}

  // region
  static String rename(Cache<String, String> names, String id, String name) {
    try {
      names.put(id, name);
      return "renamed";
    } catch (BackendException e) {
      return e.isOutcomeUnknown()
          ? "perhaps renamed: look again, or repeat, since this put can be repeated"
          : "not renamed: " + e.getMessage();
    }
  }
  // endregion
}
