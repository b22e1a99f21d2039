package dev.larder.benchmarks.hitratio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HitRatiosTest {
  @TempDir Path folder;

  private static Trace trace(long... keys) {
    return Trace.of("test", LongStream.of(keys));
  }

  @Test
  void lruAndTheOptimumAreThose() {
    Trace trace = trace(1, 2, 3, 1, 2, 3, 1, 2, 3);

    assertThat(Candidate.EXACT_LRU.hits(trace, 2)).isZero();
    assertThat(Candidate.BELADY.hits(trace, 2)).isEqualTo(3);
    assertThat(Candidate.BELADY.hits(trace, 3)).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void noneIsBetterThanTheOptimum(Candidate candidate) {
    Random random = new Random(1);
    Trace trace =
        Trace.of(
            "random", LongStream.generate(() -> (long) (random.nextGaussian() * 30)).limit(3_000));

    assertThat(candidate.hits(trace, 10))
        .isPositive()
        .isLessThanOrEqualTo(Candidate.BELADY.hits(trace, 10));
  }

  @Test
  void larderLruIsExact() {
    Random random = new Random(2);
    Trace trace =
        Trace.of(
            "random", LongStream.generate(() -> (long) (random.nextGaussian() * 99)).limit(9_000));

    assertThat(Candidate.LRU.hits(trace, 50)).isEqualTo(Candidate.EXACT_LRU.hits(trace, 50));
  }

  @Test
  void formatsAreRead() throws IOException {
    Files.writeString(folder.resolve("a.trace"), "7\n8\n*\n7\n");
    Files.writeString(folder.resolve("b.lis"), "100 2 0 0\n100 1 0 1\n");
    Files.writeString(folder.resolve("c.csv"), "time,obj_id,size\n1,x,10\n2,y,10\n3,x,10\n");
    Files.writeString(folder.resolve("d.csv"), "1,70\n2,80\n3,70\n");
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(records);
    for (long key : new long[] {7, 8, 7}) {
      out.writeInt(0);
      out.writeLong(Long.reverseBytes(key));
      out.write(new byte[12]);
    }
    Files.write(folder.resolve("e.oracleGeneral"), records.toByteArray());
    try (GZIPOutputStream zipped =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("f.trace.gz")))) {
      zipped.write("7\n8\n7\n".getBytes(StandardCharsets.UTF_8));
    }

    for (String file :
        new String[] {"a.trace", "b.lis", "c.csv", "d.csv", "e.oracleGeneral", "f.trace.gz"}) {
      Trace trace = TraceReader.read(folder.resolve(file));
      assertThat(trace.keys()).as(file).containsExactly(0, 1, 0);
      assertThat(trace.distinct()).isEqualTo(2);
    }
  }
}
