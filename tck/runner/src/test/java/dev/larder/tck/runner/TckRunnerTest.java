package dev.larder.tck.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.tck.runner.FakeProviders.Exiting;
import dev.larder.tck.runner.FakeProviders.Hanging;
import dev.larder.tck.runner.FakeProviders.NeverEnding;
import dev.larder.tck.runner.FakeProviders.Refusing;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import javax.cache.spi.CachingProvider;
import org.jsr107.ri.spi.RICachingProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole program in a JVM of its own, as users do. */
@Timeout(60)
class TckRunnerTest {

  private static final String ONLY =
      "org.jsr107.tck.CachingTest#|CacheManagerTest#testUnwrap|GetTest#";

  @TempDir static Path referenceClasses;
  static Path referenceJar;

  @TempDir Path folder;

  /** The fakes need the classes of the reference implementation, but not its registration. */
  @BeforeAll
  static void unpackTheReferenceImplementation() throws Exception {
    var source = RICachingProvider.class.getProtectionDomain().getCodeSource().getLocation();
    referenceJar = Path.of(source.toURI());
    try (var jar = new JarFile(referenceJar.toFile())) {
      for (var entry : Collections.list(jar.entries())) {
        if (entry.getName().endsWith(".class")) {
          var file = referenceClasses.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          Files.copy(jar.getInputStream(entry), file);
        }
      }
    }
  }

  @Test
  void expectedCountsSucceed() throws Exception {
    var report = folder.resolve("report.xml");

    var run =
        run(
            List.of(),
            List.of(RICachingProvider.class),
            "--only",
            ONLY,
            "--expect",
            "22,0,0,1",
            "--report",
            report.toString());

    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.lastLine()).isEqualTo("TCK ri: 22 run, 0 failed, 0 errors, 1 excluded");
    assertThat(run.lines()).contains("EXCLUDED   org.jsr107.tck.CachingTest#dummyTest");
    assertThat(report).content().contains("tests=\"22\"");
  }

  @Test
  void anyDeviationFails() throws Exception {
    var run =
        run(List.of(), List.of(RICachingProvider.class), "--only", ONLY, "--expect", "22,0,0,0");

    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.lines()).contains("NOT AS EXPECTED: expected 0 excluded, but got 1");
    assertThat(run.lastLine()).isEqualTo("TCK ri: 22 run, 0 failed, 0 errors, 1 excluded");
  }

  @Test
  void annotationTestsWithoutAContainerAreCountedAsExcluded() throws Exception {
    var run = run(List.of(), List.of(RICachingProvider.class), "--annotations");

    assertThat(run.lastLine()).isEqualTo("TCK ri: 12 run, 0 failed, 0 errors, 12 excluded");
  }

  @Test
  void givenSystemPropertiesWinAndWrongOnesFailTheTck() throws Exception {
    var run =
        run(
            List.of("-Djavax.cache.CacheManager=java.lang.String"),
            List.of(RICachingProvider.class),
            "-DExcludeList=none",
            "--only",
            ONLY);

    assertThat(run.status()).as(run.toString()).isEqualTo(1);
    assertThat(run.lastLine()).isEqualTo("TCK ri: 22 run, 1 failed, 1 errors, 0 excluded");
  }

  @Test
  void patternFoundInNoTestIsAnError() throws Exception {
    var run = run(List.of(), List.of(RICachingProvider.class), "--only", "nowhere");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.lastLine()).contains("--only 'nowhere' is found in no test");
  }

  @Test
  void noProviderIsAnError() throws Exception {
    var run = run(List.of(), List.of());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.lastLine())
        .isEqualTo("tck-runner: no JCache provider is on the class path; add one");
  }

  @Test
  void severalProvidersAreAnError() throws Exception {
    var run = run(List.of(), List.of(RICachingProvider.class, Hanging.class));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.lastLine()).contains("several JCache providers", Hanging.class.getName());
  }

  @Test
  void providerThatDoesNotStartIsAnError() throws Exception {
    var run = run(List.of(), List.of(Refusing.class));

    assertThat(run.status()).as(run.toString()).isEqualTo(2);
    assertThat(run.lastLine()).contains("the store is not there");
  }

  @Test
  void hangingProviderIsGivenUpWithAThreadDump() throws Exception {
    var run = run(List.of(), List.of(Hanging.class), "--timeout", "0.02");

    assertThat(run.status()).as(run.toString()).isEqualTo(3);
    assertThat(run.lines())
        .anyMatch(line -> line.contains(Hanging.class.getName() + ".getCacheManager"));
    assertThat(run.lastLine()).isEqualTo("TCK ri: 0 run, 0 failed, 0 errors, 0 excluded");
  }

  @Test
  void providerThatEndsTheJvmDoesNotSucceed() throws Exception {
    var run = run(List.of(), List.of(Exiting.class));

    assertThat(run.status()).as(run.toString()).isEqualTo(3);
    assertThat(run.lastLine()).isEqualTo("TCK ri: 0 run, 0 failed, 0 errors, 0 excluded");
  }

  @Test
  void providerThatHangsAfterTheTestsDoesNotChangeTheResult() throws Exception {
    var run =
        run(List.of(), List.of(NeverEnding.class), "--timeout", "0.1", "--only", "DurationTest#");

    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.lastLine()).isEqualTo("TCK ri: 22 run, 0 failed, 0 errors, 0 excluded");
  }

  @Test
  void listNamesEveryTestWithoutAProvider() throws Exception {
    var run = run(List.of(), List.of(), "--list");

    assertThat(run.status()).isZero();
    assertThat(run.lines()).hasSize(481).contains("org.jsr107.tck.CachingTest#dummyTest");
  }

  private Run run(
      List<String> jvmOptions,
      List<Class<? extends CachingProvider>> providers,
      String... arguments)
      throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath(providers), TckRunner.class.getName(), "--name", "ri"));
    command.addAll(List.of("--log", folder.resolve("log").toString()));
    command.addAll(List.of(arguments));
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Run(process.waitFor(), Files.readAllLines(output));
  }

  /** This JVM's class path, but with these providers instead of the reference implementation. */
  private String classPath(List<Class<? extends CachingProvider>> providers) throws Exception {
    var services = folder.resolve("services");
    FakeProviders.register(services, providers.stream().map(Class::getName).toList());
    var entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.equals(referenceJar.toString()))
            .collect(Collectors.toCollection(ArrayList::new));
    entries.add(referenceClasses.toString());
    entries.add(services.toString());
    return String.join(File.pathSeparator, entries);
  }

  private record Run(int status, List<String> lines) {
    String lastLine() {
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }

    @Override
    public String toString() {
      return "status " + status + "\n" + String.join("\n", lines);
    }
  }
}
