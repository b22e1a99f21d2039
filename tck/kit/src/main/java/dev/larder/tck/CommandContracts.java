package dev.larder.tck;

import org.junit.jupiter.api.Nested;

/**
 * All contracts of asynchronous caches, for a backend that presents itself as a {@link Subject}.
 */
public abstract class CommandContracts {
  /** Called by the constructors of the backends' tests. */
  protected CommandContracts() {}

  /** Returns the backend under test. */
  protected abstract Subject subject();

  @Nested
  class Command extends CommandContract {
    Command() {
      super(subject());
    }
  }

  @Nested
  class Decorator extends DecoratorContract {
    Decorator() {
      super(subject());
    }
  }

  @Nested
  class Lock extends LockContract {
    Lock() {
      super(subject());
    }
  }

  @Nested
  class Plugin extends PluginContract {
    Plugin() {
      super(subject());
    }
  }

  @Nested
  class View extends ViewContract {
    View() {
      super(subject());
    }
  }
}
