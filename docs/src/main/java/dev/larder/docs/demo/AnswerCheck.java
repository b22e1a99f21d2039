package dev.larder.docs.demo;

import java.util.List;

/** The outcome of comparing cached answers with freshly computed ones. */
record AnswerCheck(int checked, int equal) {

  static AnswerCheck of(List<ClassSummary> cached, SummaryLoader loader) {
    int equal = 0;
    for (var answer : cached) {
      if (answer.equals(loader.load(answer.name()))) {
        equal++;
      }
    }
    return new AnswerCheck(cached.size(), equal);
  }

  /** Whether something was checked and nothing was wrong. */
  boolean passed() {
    return checked > 0 && equal == checked;
  }
}
