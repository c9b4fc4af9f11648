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

/** The allowed dependencies between packages. Every new package must be added here. */
class ArchitectureTest {

    private static final String ROOT = "dev.appclients.cognito.";

    private final JavaClasses code = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.appclients.cognito");

    @Test
    void eachPackageDependsOnlyOnThePackagesBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                // Effects on Kubernetes and on AWS. The runtime puts everything together.
                .layer("runtime")
                .definedBy(ROOT + "runtime..")
                .layer("controller")
                .definedBy(ROOT + "controller..")
                .layer("aws")
                .definedBy(ROOT + "aws..")
                // Pure functions. These packages do not depend on each other.
                .layer("status")
                .definedBy(ROOT + "status..")
                .layer("secret")
                .definedBy(ROOT + "secret..")
                .layer("authorization")
                .definedBy(ROOT + "authorization..")
                .layer("plan")
                .definedBy(ROOT + "plan..")
                // Types that all packages share.
                .layer("failure")
                .definedBy(ROOT + "failure..")
                .layer("model")
                .definedBy(ROOT + "model..")
                .layer("api")
                .definedBy(ROOT + "api..")
                // Build time only: generates the CRDs.
                .layer("crd")
                .definedBy(ROOT + "crd..")
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
                .whereLayer("crd")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("crd")
                .mayOnlyAccessLayers("api", "model")
                .ensureAllClassesAreContainedInArchitectureIgnoring(resideInAPackage("dev.appclients.cognito"))
                .check(code);
    }

    @Test
    void onlyTheAwsPackagesDependOnTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("all other packages use the types of this project, and can be tested without AWS")
                .check(code);
    }

    @Test
    void onlyTheControllersAndTheRuntimeCallKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "controller..", ROOT + "runtime..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.javaoperatorsdk..")
                        .or(describe("are the client", type -> type.isAssignableTo(KubernetesClient.class))))
                .because("all other packages only make decisions, without reading or writing")
                .check(code);
    }

    @Test
    void onlyTheRuntimeDependsOnTheApplicationServer() {
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
                .because("the tests construct the same classes without it")
                .check(code);
    }

    @Test
    void noClassReadsTheSystemClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "runtime..")
                .should()
                .accessTargetWhere(readsTheClock())
                .because("tests must control the time: inject an InstantSource")
                .check(code);
    }

    @Test
    void noClassSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("code waits for a condition, not for a time")
                .check(code);
    }

    @Test
    void noStaticStateIsMutable() {
        fields().that().areStatic().should().beFinal().check(code);
        fields().that()
                .areStatic()
                .and()
                // The compiler generates these for a switch over an enum and for an enum's values.
                .doNotHaveModifier(com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC)
                .should()
                .notHaveRawType(canChange())
                .check(code);
    }

    @Test
    void noClassHasAGenericName() {
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
                "reads the system clock",
                access -> clocks.stream().anyMatch(access.getTargetOwner()::isEquivalentTo)
                        && readings.contains(access.getName()));
    }

    private static DescribedPredicate<JavaClass> canChange() {
        return describe(
                "of a mutable type",
                type -> type.isArray()
                        || type.getPackageName().equals(AtomicReference.class.getPackageName())
                        || type.isAssignableTo(ThreadLocal.class)
                        || !type.isInterface()
                                && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class))
                                && !type.isEnum());
    }
}
