package sparkrnn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** A test that asserts nothing can't fail. */
class AssertionsTest {

  private static final List<String> ASSERTIONS =
      List.of("org.assertj.core.api.", "com.tngtech.archunit.", "org.junit.jupiter.api.Assert");

  @Test
  void everyTestAsserts() {
    methods()
        .that()
        .areAnnotatedWith(Test.class)
        .or()
        .areAnnotatedWith(ParameterizedTest.class)
        .or()
        .areAnnotatedWith(RepeatedTest.class)
        .or()
        .areAnnotatedWith(TestFactory.class)
        .should(assertSomething())
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("sparkrnn"));
  }

  private static ArchCondition<JavaMethod> assertSomething() {
    return new ArchCondition<>("assert something, themselves or in a method of the tests") {
      @Override
      public void check(JavaMethod test, ConditionEvents events) {
        boolean asserts = asserts(test, new HashSet<>());
        events.add(
            new SimpleConditionEvent(test, asserts, test.getFullName() + " asserts nothing"));
      }
    };
  }

  private static boolean asserts(JavaCodeUnit code, Set<JavaCodeUnit> seen) {
    return seen.add(code)
        && code.getCallsFromSelf().stream()
            .anyMatch(call -> isAssertion(call) || assertsFurtherOn(call, seen));
  }

  private static boolean isAssertion(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    return ASSERTIONS.stream().anyMatch(owner.getName()::startsWith);
  }

  private static boolean assertsFurtherOn(JavaCall<?> call, Set<JavaCodeUnit> seen) {
    return call.getTarget()
        .resolveMember()
        .filter(JavaCodeUnit.class::isInstance)
        .map(JavaCodeUnit.class::cast)
        .filter(method -> method.getOwner().getPackageName().startsWith("sparkrnn"))
        .filter(method -> asserts(method, seen))
        .isPresent();
  }
}
