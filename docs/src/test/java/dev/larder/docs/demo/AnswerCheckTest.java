package dev.larder.docs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
  private final SummaryLoader loader = new SummaryLoader(ClassFiles.ofRunningJdk());
  private final ClassSummary right = loader.load("java.lang.Object");

  AnswerCheckTest() throws IOException {}

  @Test
  void equalAnswersPass() {
    var check = AnswerCheck.of(List.of(right, loader.load("java.lang.Record")), loader);

    assertThat(check).isEqualTo(new AnswerCheck(2, List.of()));
    assertThat(check.passed()).isTrue();
  }

  @Test
  void wrongAnswerIsNamed() {
    var wrong =
        new ClassSummary(
            "java.lang.Record",
            right.kind(),
            right.superclass(),
            right.interfaces(),
            right.fields(),
            right.methods(),
            right.constants(),
            right.references(),
            right.reach(),
            right.bytes(),
            right.sha256(),
            right.fingerprint());

    var check = AnswerCheck.of(List.of(right, wrong), loader);

    assertThat(check).isEqualTo(new AnswerCheck(2, List.of("java.lang.Record")));
    assertThat(check.equal()).isEqualTo(1);
    assertThat(check.passed()).isFalse();
  }

  @Test
  void nothingCheckedIsNotPassed() {
    assertThat(AnswerCheck.of(List.of(), loader).passed()).isFalse();
  }
}
