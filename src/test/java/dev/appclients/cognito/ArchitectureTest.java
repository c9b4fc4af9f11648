package dev.appclients.cognito;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The map of the code, from what acts down to what is only known. Whoever adds a package draws it in here. */
class ArchitectureTest {

    private static final String ROOT = "dev.appclients.cognito.";

    private final JavaClasses code = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.appclients.cognito");

    @Test
    void eachPackageUsesOnlyWhatStandsBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                // Effects: these two talk to Kubernetes and to AWS, and the first puts everything together.
                .layer("runtime")
                .definedBy(ROOT + "runtime..")
                .layer("controller")
                .definedBy(ROOT + "controller..")
                .layer("aws")
                .definedBy(ROOT + "aws..")
                // Pure, and side by side: none of these knows another.
                .layer("status")
                .definedBy(ROOT + "status..")
                .layer("secret")
                .definedBy(ROOT + "secret..")
                .layer("authorization")
                .definedBy(ROOT + "authorization..")
                .layer("plan")
                .definedBy(ROOT + "plan..")
                // What they all speak of.
                .layer("failure")
                .definedBy(ROOT + "failure..")
                .layer("model")
                .definedBy(ROOT + "model..")
                .layer("api")
                .definedBy(ROOT + "api..")
                .whereLayer("runtime")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("controller")
                .mayOnlyBeAccessedByLayers("runtime")
                .whereLayer("aws")
                .mayOnlyBeAccessedByLayers("runtime", "controller")
                .whereLayer("status")
                .mayOnlyBeAccessedByLayers("runtime", "controller", "aws")
                .whereLayer("secret")
                .mayOnlyBeAccessedByLayers("runtime", "controller", "aws")
                .whereLayer("authorization")
                .mayOnlyBeAccessedByLayers("runtime", "controller", "aws")
                .whereLayer("plan")
                .mayOnlyBeAccessedByLayers("runtime", "controller", "aws")
                .whereLayer("failure")
                .mayNotAccessAnyLayer()
                .whereLayer("model")
                .mayOnlyAccessLayers("api")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .ensureAllClassesAreContainedInArchitectureIgnoring(resideInAPackage("dev.appclients.cognito"))
                .check(code);
    }

    @Test
    void onlyOnePackageSeesTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("everything else speaks of app clients, pools and failures, and can be tested without AWS")
                .check(code);
    }

    @Test
    void onlyTheControllersSpeakToKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "controller..", ROOT + "runtime..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.javaoperatorsdk..")
                        .or(describe("are the client", type -> type.isAssignableTo(KubernetesClient.class))))
                .because("the packages below decide; they neither read nor write")
                .check(code);
    }

    @Test
    void onlyTheRuntimeKnowsThatThereIsAnApplicationServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "runtime..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "jakarta..",
                                "io.quarkus..",
                                "io.quarkiverse..",
                                "io.smallrye..",
                                "io.micrometer..",
                                "org.eclipse..")
                        .and(describe("are in the code", type -> true)))
                .because("the tests put the same parts together by hand")
                .check(code);
    }

    @Test
    void timeIsGivenAndNeverTaken() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "runtime..")
                .should()
                .accessTargetWhere(readsTheClock())
                .because("a test must be able to move it: take an InstantSource")
                .check(code);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("whoever waits waits for something")
                .check(code);
    }

    @Test
    void nothingThatChangesIsStatic() {
        fields().that().areStatic().should().beFinal().check(code);
        fields().that()
                .areStatic()
                .and()
                // The compiler's own, of a switch over an enum or an enum's values.
                .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC)
                .should()
                .notHaveRawType(canChange())
                .check(code);
    }

    @Test
    void everyClassIsNamedAfterWhatItDoes() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(code);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        Set<Class<?>> clocks = Set.of(Instant.class, Clock.class, InstantSource.class, System.class);
        Set<String> readings = Set.of("now", "currentTimeMillis", "systemUTC", "systemDefaultZone", "system");
        return describe(
                "reads the clock of the machine",
                access -> clocks.stream().anyMatch(access.getTargetOwner()::isEquivalentTo)
                        && readings.contains(access.getName()));
    }

    private static DescribedPredicate<JavaClass> canChange() {
        return describe(
                "of a type that is there to be changed",
                type -> type.isArray()
                        || type.getPackageName().equals(AtomicReference.class.getPackageName())
                        || type.isAssignableTo(ThreadLocal.class)
                        || !type.isInterface()
                                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                                && !type.isEnum());
    }
}
