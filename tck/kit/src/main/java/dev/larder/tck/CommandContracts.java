package dev.larder.tck;

import org.junit.jupiter.api.Nested;

/**
 * All contracts of the commands, for a backend that presents itself as a {@link Subject}: of both
 * fronts what both have, of the asynchronous one the rest.
 */
public abstract class CommandContracts {
  /** Called by the constructors of the backends' tests. */
  protected CommandContracts() {}

  /** Returns the backend under test. */
  protected abstract Subject subject();

  @Nested
  class WaitingBehaviour extends BehaviourContract {
    WaitingBehaviour() {
      super(subject(), Front.WAITING);
    }
  }

  @Nested
  class AsynchronousBehaviour extends BehaviourContract {
    AsynchronousBehaviour() {
      super(subject(), Front.ASYNCHRONOUS);
    }
  }

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
  class Fronts extends FrontsContract {
    Fronts() {
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
