package dev.larder.docs.demo;

import java.util.List;

/**
 * The outcome of comparing cached answers with freshly computed ones.
 *
 * @param checked how many answers were compared
 * @param wrong the classes whose cached answer was another than the fresh one
 */
record AnswerCheck(int checked, List<String> wrong) {

  static AnswerCheck of(List<ClassSummary> cached, SummaryLoader loader) {
    var wrong =
        cached.stream()
            .filter(answer -> !answer.equals(loader.load(answer.name())))
            .map(ClassSummary::name)
            .toList();
    return new AnswerCheck(cached.size(), wrong);
  }

  int equal() {
    return checked - wrong.size();
  }

  /** Whether something was checked and nothing was wrong. */
  boolean passed() {
    return checked > 0 && wrong.isEmpty();
  }
}
