package dev.larder.docs.demo;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;

/** Computes the summary of a class: reads, parses and hashes it and the classes it refers to. */
final class SummaryLoader implements CacheLoader<String, ClassSummary> {
  private final ClassFiles files;
  private final ThreadLocal<Integer> loads = ThreadLocal.withInitial(() -> 0);

  SummaryLoader(ClassFiles files) {
    this.files = files;
  }

  @Override
  public ClassSummary load(String name) {
    loads.set(loads.get() + 1);
    try {
      return summary(name);
    } catch (IOException e) {
      throw new CacheLoaderException("class '" + name + "' could not be read from the JDK", e);
    }
  }

  @Override
  public Map<String, ClassSummary> loadAll(Iterable<? extends String> names) {
    var summaries = new HashMap<String, ClassSummary>();
    names.forEach(name -> summaries.put(name, load(name)));
    return summaries;
  }

  /** The number of summaries computed so far on the calling thread. */
  int loadsOfThisThread() {
    return loads.get();
  }

  private ClassSummary summary(String name) throws IOException {
    var bytes = files.bytes(name);
    var parsed = ClassFileParser.parse(bytes);
    var fingerprint = sha256();
    fingerprint.update(bytes);
    var reach = new HashSet<>(parsed.references());
    for (var reference : parsed.references()) {
      if (files.contains(reference)) {
        var neighbour = files.bytes(reference);
        fingerprint.update(neighbour);
        reach.addAll(ClassFileParser.parse(neighbour).references());
      }
    }
    reach.remove(name);
    return new ClassSummary(
        name,
        parsed.kind(),
        parsed.superclass(),
        parsed.interfaces().size(),
        parsed.fields(),
        parsed.methods(),
        parsed.constants(),
        parsed.references().size(),
        reach.size(),
        bytes.length,
        hex(sha256().digest(bytes)),
        hex(fingerprint.digest()));
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must offer SHA-256", e);
    }
  }
}
