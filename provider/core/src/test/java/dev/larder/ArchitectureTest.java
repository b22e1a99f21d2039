package dev.larder;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import dev.larder.hidden.PublicCulprit;
import dev.larder.internal.engine.EngineCulprit;
import dev.larder.internal.engine.OutcomeRecorder;
import dev.larder.internal.engine.ReadThrough;
import dev.larder.internal.engine.Statistics;
import dev.larder.internal.engine.WriteThrough;
import dev.larder.internal.operation.ExpiryRules;
import dev.larder.internal.operation.OperationCulprit;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What keeps the architecture as it is meant. Each rule is also run on classes that break it, for a
 * rule that cannot fail is none.
 */
class ArchitectureTest {
  private static final int MOST_LINES_OF_A_TYPE = 500;
  private static final int MOST_LINES_OF_A_METHOD = 40;

  private static final Path MAIN_CLASSES = locationOf(LarderCachingProvider.class);
  private static final JavaClasses MAIN = new ClassFileImporter().importPath(MAIN_CLASSES);
  private static final JavaClasses CULPRITS =
      new ClassFileImporter()
          .importClasses(OperationCulprit.class, EngineCulprit.class, PublicCulprit.class);

  @ParameterizedTest
  @EnumSource
  void ruleHolds(Rule rule) {
    rule.rule.check(MAIN);
  }

  @ParameterizedTest
  @EnumSource
  void ruleCanFail(Rule rule) {
    assertThat(rule.rule.evaluate(CULPRITS).hasViolation()).isTrue();
  }

  @Test
  void typesAndMethodsAreShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        tooLong.addAll(tooLong(Files.readString(file)));
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void longTypesAndMethodsAreFound() throws IOException {
    String fits = "class Short {\n void fits() {" + "\n".repeat(39) + "}}";
    String longMethod = "class Short {\n void tooLong() {" + "\n".repeat(40) + "}}";
    String longType = "class Long {" + "\n".repeat(500) + "}";

    assertThat(tooLong(fits)).isEmpty();
    assertThat(tooLong(longMethod)).containsExactly("tooLong has 41 lines");
    assertThat(tooLong(longType)).containsExactly("Long has 501 lines");
  }

  /** The rules on classes; what each culprit does wrong is named as the method that does it. */
  @SuppressWarnings("ImmutableEnumChecker") // rules do not change
  enum Rule {
    OPERATIONS_ARE_PURE(
        classes()
            .that()
            .resideInAPackage("dev.larder.internal.operation")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..",
                "javax.cache..",
                "org.jspecify..",
                "dev.larder.internal",
                "dev.larder.internal.operation")),
    EXPIRY_RULES_ALONE_ASK_THE_POLICY(
        onlyOneAccesses(ExpiryRules.class, ExpiryPolicy.class, "get.*")),
    WRITE_THROUGH_ALONE_WRITES(onlyOneAccesses(WriteThrough.class, CacheWriter.class, ".*")),
    READ_THROUGH_ALONE_LOADS(onlyOneAccesses(ReadThrough.class, CacheLoader.class, ".*")),
    RECORDER_ALONE_COUNTS(onlyOneAccesses(OutcomeRecorder.class, Statistics.class, "count.*")),
    NO_FUTURES_NEAR_THE_ENTRIES(
        noClasses()
            .that()
            .resideInAnyPackage("dev.larder.internal.operation", "dev.larder.internal.memory")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(CompletionStage.class)),
    // CallerRuns is there to wait; Stages collects results that are there.
    NOBODY_ELSE_BLOCKS_ON_A_FUTURE(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.larder.internal.remote.CallerRuns")
            .and()
            .doNotHaveFullyQualifiedName("dev.larder.internal.remote.Stages")
            .should(
                accessTargetWhere(
                    targetOwner(assignableTo(Future.class).or(assignableTo(CompletionStage.class)))
                        .and(target(nameMatching("get|getNow|join|resultNow")))))),
    ROW_93_NOBODY_READS_A_CLOCK_THAT_CAN_BE_SET(
        noClasses()
            .should(
                accessTargetWhere(
                    targetOwner(type(System.class)).and(target(nameMatching("currentTimeMillis")))))
            .orShould(
                accessTargetWhere(
                    targetOwner(resideInAPackage("java.time"))
                        .and(target(nameMatching("now|system.*|tick.*")))))),
    // The next two keep virtual threads from pinning their carriers on JDKs older than 24.
    NO_SYNCHRONIZED_METHODS(methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED)),
    NO_SYNCHRONIZED_BLOCKS(classes().should(not(containMonitors()))),
    NO_CYCLES(slices().matching("dev.larder.internal.(*)..").should().beFreeOfCycles()),
    PUBLIC_TYPES_ARE_EXPORTED_OR_INTERNAL(
        classes()
            .that()
            .arePublic()
            .should()
            .resideInAnyPackage(
                Stream.concat(Stream.of("dev.larder.internal.."), exportedPackages())
                    .toArray(String[]::new))),
    CLASSES_ARE_FINAL_UNLESS_EXTENDED(classes().should(beFinalUnlessExtended()));

    private final ArchRule rule;

    Rule(ArchRule rule) {
      this.rule = rule;
    }

    // Method references count as accesses too.
    private static ArchRule onlyOneAccesses(Class<?> user, Class<?> used, String members) {
      return noClasses()
          .that()
          .doNotBelongToAnyOf(user, used)
          .should(
              accessTargetWhere(
                  targetOwner(assignableTo(used)).and(target(nameMatching(members)))));
    }

    private static Stream<String> exportedPackages() {
      try (InputStream in = Files.newInputStream(MAIN_CLASSES.resolve("module-info.class"))) {
        return ModuleDescriptor.read(in).exports().stream().map(ModuleDescriptor.Exports::source);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    /** ArchUnit sees no blocks, so this one looks for the instruction that enters a monitor. */
    private static ArchCondition<JavaClass> containMonitors() {
      return new ArchCondition<>("contain synchronized blocks") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          for (String method : methodsThatEnterMonitors(type)) {
            events.add(SimpleConditionEvent.satisfied(type, type.getName() + "." + method));
          }
        }
      };
    }

    private static ArchCondition<JavaClass> beFinalUnlessExtended() {
      return new ArchCondition<>("be final, or have subclasses here") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          boolean closed =
              type.isInterface()
                  || type.isEnum()
                  || type.isAnonymousClass()
                  || type.getModifiers().contains(JavaModifier.FINAL)
                  || !type.getSubclasses().isEmpty()
                  || type.getSimpleName().equals("package-info");
          events.add(new SimpleConditionEvent(type, closed, type.getName() + " is open"));
        }
      };
    }
  }

  private static List<String> methodsThatEnterMonitors(JavaClass type) {
    List<String> found = new ArrayList<>();
    ClassVisitor visitor =
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
              @Override
              public void visitInsn(int opcode) {
                if (opcode == Opcodes.MONITORENTER) {
                  found.add(name);
                }
              }
            };
          }
        };
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      new ClassReader(in.readAllBytes()).accept(visitor, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  private static Path locationOf(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static List<String> tooLong(String source) throws IOException {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, null, null, List.of(file));
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<String> found = new ArrayList<>();
    for (CompilationUnitTree unit : task.parse()) {
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitClass(ClassTree type, Void nothing) {
          check(type, type.getSimpleName(), MOST_LINES_OF_A_TYPE);
          return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
          check(method, method.getName(), MOST_LINES_OF_A_METHOD);
          return super.visitMethod(method, null);
        }

        private void check(Tree tree, CharSequence name, int most) {
          long lines =
              unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree))
                  - unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree))
                  + 1;
          if (lines > most) {
            found.add(name + " has " + lines + " lines");
          }
        }
      }.scan(unit, null);
    }
    return found;
  }
}
