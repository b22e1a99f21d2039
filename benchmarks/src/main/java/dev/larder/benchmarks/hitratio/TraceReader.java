package dev.larder.benchmarks.hitratio;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Reads the formats in which traces are published, told apart by the name of the file, which may
 * end in {@code .gz} or {@code .xz} besides.
 *
 * <ul>
 *   <li>{@code .lis} (ARC): a line has the first block, the number of blocks, and more;
 *   <li>{@code .csv}: the column {@code key}, {@code obj_id} or {@code id} of the head line, or
 *       else the second column;
 *   <li>{@code .oraclegeneral}: libCacheSim's records of 24 bytes, little-endian, with the key in
 *       bytes 4 to 11;
 *   <li>{@code .trace.xz} (cache2k's): keys of 32 bits, big-endian;
 *   <li>all else (LIRS): a decimal key on each line; lines that are no number are skipped.
 * </ul>
 */
final class TraceReader {
  private TraceReader() {}

  static Trace read(Path file) throws IOException {
    String fileName = file.getFileName().toString();
    String name = fileName.replaceFirst("\\.(gz|xz)$", "");
    String format = name.toLowerCase(Locale.ROOT);
    String shortName = name.replaceFirst("\\.[a-zA-Z]+$", "");
    try (InputStream in = open(file)) {
      if (format.endsWith(".oraclegeneral")) {
        return Trace.of(shortName, records(in, 24, TraceReader::oracleKey));
      }
      if (fileName.endsWith(".trace.xz")) {
        return Trace.of(shortName, records(in, Integer.BYTES, DataInputStream::readInt));
      }
      try (BufferedReader reader =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
          Stream<String> lines = reader.lines()) {
        if (format.endsWith(".lis")) {
          return Trace.of(shortName, lines.flatMapToLong(TraceReader::blocks));
        }
        return format.endsWith(".csv")
            ? Trace.of(shortName, column(reader))
            : Trace.of(
                shortName,
                lines
                    .map(String::strip)
                    .filter(line -> line.matches("-?\\d+"))
                    .mapToLong(Long::parseLong));
      }
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    String name = file.getFileName().toString();
    if (name.endsWith(".gz")) {
      return new BufferedInputStream(new GZIPInputStream(in));
    }
    return name.endsWith(".xz") ? new BufferedInputStream(new XZInputStream(in)) : in;
  }

  private static LongStream records(InputStream in, int length, KeyReader reader)
      throws IOException {
    DataInputStream data = new DataInputStream(in);
    long[] keys = new long[Trace.MOST_ACCESSES];
    int count = 0;
    byte[] bytes = new byte[length];
    while (count < keys.length && data.readNBytes(bytes, 0, length) == length) {
      keys[count++] = reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
    return LongStream.of(keys).limit(count);
  }

  private static long oracleKey(DataInputStream record) throws IOException {
    record.readInt(); // time
    return Long.reverseBytes(record.readLong());
  }

  private static LongStream blocks(String line) {
    String[] fields = line.strip().split("\\s+", -1);
    if (fields.length < 2) {
      return LongStream.empty();
    }
    long first = Long.parseLong(fields[0]);
    return LongStream.range(first, first + Long.parseLong(fields[1]));
  }

  private static LongStream column(BufferedReader reader) throws IOException {
    String head = reader.readLine();
    if (head == null) {
      return LongStream.empty();
    }
    List<String> names = Stream.of(head.split(",", -1)).map(String::strip).toList();
    int named =
        IntStream.range(0, names.size())
            .filter(i -> names.get(i).toLowerCase(Locale.ROOT).matches("key|obj_id|id"))
            .findFirst()
            .orElse(-1);
    int column = named >= 0 ? named : Math.min(1, names.size() - 1);
    Stream<String> rows =
        named >= 0 ? reader.lines() : Stream.concat(Stream.of(head), reader.lines());
    return rows.map(row -> row.split(",", -1))
        .filter(fields -> fields.length > column)
        .mapToLong(fields -> number(fields[column].strip()));
  }

  /** Returns a number for a key that may be text. */
  private static long number(String key) {
    if (key.matches("-?\\d{1,18}")) {
      return Long.parseLong(key);
    }
    long hash = 1125899906842597L;
    for (int i = 0; i < key.length(); i++) {
      hash = 31 * hash + key.charAt(i);
    }
    return hash;
  }

  @FunctionalInterface
  private interface KeyReader {
    long read(DataInputStream record) throws IOException;
  }
}
