package dev.larder.internal.copy;

import java.io.Serializable;
import java.util.List;

/** Defined as a hidden class by a test. */
record HiddenValue(List<String> texts) implements Serializable {}
