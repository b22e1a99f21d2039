package dev.larder.internal;

/** The one meaning of {@code unwrap} in the API: the object itself, where it is of that type. */
public final class Unwrapping {
  private Unwrapping() {}

  /**
   * Returns the object as the type asked for.
   *
   * @throws IllegalArgumentException if it is not of that type
   */
  public static <T> T unwrap(Object object, Class<T> type) {
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw new IllegalArgumentException(
        "cannot unwrap "
            + type.getName()
            + "; this is a "
            + object.getClass().getName()
            + ", which is no such thing");
  }
}
