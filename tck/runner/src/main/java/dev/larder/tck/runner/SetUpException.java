package dev.larder.tck.runner;

/** Says why the tests could not be run at all. */
final class SetUpException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SetUpException(String message) {
    super(message);
  }

  SetUpException(String message, Throwable cause) {
    super(message, cause);
  }
}
