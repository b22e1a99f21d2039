package dev.larder.docs.demo;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The service's answer on one class.
 *
 * @param superclass null for {@code java.lang.Object} only
 * @param interfaces how many it implements or extends directly
 * @param references how many other classes its code and signatures name
 * @param reach how many it refers to itself or through one of those
 * @param bytes the size of the class file
 * @param sha256 the digest of the class file, in hexadecimal
 * @param fingerprint the digest of the class file and of those it refers to: it changes when one of
 *     them does
 */
record ClassSummary(
    String name,
    ClassKind kind,
    @Nullable String superclass,
    int interfaces,
    int fields,
    int methods,
    int constants,
    int references,
    int reach,
    int bytes,
    String sha256,
    String fingerprint)
    implements Serializable {}
