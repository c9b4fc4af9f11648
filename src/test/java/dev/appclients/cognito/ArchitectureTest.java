package dev.appclients.cognito;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The map of the code: each package, and the packages that it may import. A new package needs a line here. */
class ArchitectureTest {

    private static final String ROOT = "dev.appclients.cognito";

    /** From the top down. {@code pure} and {@code words} stand for the packages on their own lines. */
    private static final String IMPORTS = """
            runtime                 may import  runtime.metrics controller aws.all pure words
            runtime.metrics         may import  controller aws pure words

            controller.client       may import  controller.rotation controller.claim controller.secret controller.reconcile controller.workarounds controller.cluster aws pure words
            controller.rotation     may import  controller.claim controller.secret controller.reconcile controller.workarounds controller.cluster aws pure words
            controller.claim        may import  controller.secret controller.reconcile controller.workarounds controller.cluster pure words
            controller.pool         may import  controller.reconcile controller.workarounds controller.cluster aws pure words
            controller.secret       may import  controller.reconcile controller.workarounds controller.cluster pure words
            controller.reconcile    may import  controller.workarounds aws pure words
            controller.cluster      may import  controller.workarounds pure words
            controller.workarounds  may import  nothing

            aws.cognito             may import  aws.session aws.call aws.budget aws words
            aws.session             may import  aws.call aws.budget aws words
            aws.call                may import  aws.budget aws words
            aws.budget              may import  aws words
            aws                     may import  words

            status                  may import  words
            secret                  may import  secret.content secret.fields words
            secret.content          may import  words
            secret.fields           may import  words
            authorization           may import  words
            distribution            may import  words
            rotation                may import  words
            plan                    may import  words

            failure                 may import  nothing
            collection              may import  nothing
            model                   may import  api.v1beta1
            api.v1beta1             may import  nothing
            crd                     may import  model api.v1beta1
            """;

    private static final Map<String, String> GROUPS = Map.of(
            "controller",
                    "controller.client controller.rotation controller.claim controller.pool controller.secret controller.reconcile controller.cluster"
                            + " controller.workarounds",
            "pure", "status secret secret.content secret.fields authorization distribution rotation plan",
            "words", "failure collection model api.v1beta1",
            "aws.all", "aws aws.cognito aws.session aws.call aws.budget",
            "nothing", "");

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<Map.Entry<String, Set<String>>> lines() {
        return IMPORTS.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(" +may import +"))
                .map(line -> Map.entry(line[0], packages(line[1])));
    }

    private static Set<String> packages(String names) {
        return Arrays.stream(names.split(" "))
                .flatMap(name -> Arrays.stream(GROUPS.getOrDefault(name, name).split(" ")))
                .filter(name -> !name.isEmpty())
                .collect(toSet());
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aPackageImportsOnlyThePackagesOnItsLine(Map.Entry<String, Set<String>> line) {
        String[] allowed = Stream.concat(Stream.of(line.getKey()), line.getValue().stream())
                .map(ArchitectureTest::fullName)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(fullName(line.getKey()))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(line.getKey().equals("crd"))
                .check(CODE);
    }

    @Test
    void everyPackageHasALine() {
        assertThat(CODE.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ROOT))
                        .distinct())
                .isSubsetOf(lines().map(line -> fullName(line.getKey())).toList());
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void classesHaveNoCycles() {
        slices().assignedFrom(topLevelClasses()).should().beFreeOfCycles().check(CODE);
    }

    @Test
    void onlyAwsImportsTheAwsSdk() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon..")
                .because("every other package uses app clients, pools and failures, and is tested without AWS")
                .check(CODE);
    }

    @Test
    void onlyControllersAndRuntimeCallKubernetes() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".controller..", ROOT + ".runtime..")
                .should()
                .dependOnClassesThat(resideInAPackage("io.javaoperatorsdk..")
                        .or(describe("are the client", type -> type.isAssignableTo(KubernetesClient.class))))
                .because("the packages below decide; they neither read nor write")
                .check(CODE);
    }

    @Test
    void onlyTheRuntimeImportsQuarkus() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".runtime..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta..",
                        "io.quarkus..",
                        "io.quarkiverse..",
                        "io.smallrye..",
                        "io.micrometer..",
                        "io.prometheus..",
                        "org.eclipse.."))
                .because("the tests assemble the same parts without Quarkus")
                .check(CODE);
    }

    @Test
    void onlyTheRuntimeReadsTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".runtime..")
                .should()
                .accessTargetWhere(readsTheClock())
                .because("a test must be able to set the time: take an InstantSource")
                .check(CODE);
    }

    @Test
    void noCodeSleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("code waits for a condition, not for a time")
                .check(CODE);
    }

    @Test
    void noStaticFieldIsMutable() {
        fields().that().areStatic().should().beFinal().check(CODE);
        fields().that()
                .areStatic()
                .and()
                // The compiler's own fields: a switch over an enum, the values of an enum.
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .notHaveRawType(mutable())
                .check(CODE);
    }

    @Test
    void noClassHasANameThatSaysNothing() {
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
                .check(CODE);
    }

    private static String fullName(String name) {
        return ROOT + "." + name;
    }

    private static SliceAssignment topLevelClasses() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return type.getPackageName().startsWith(ROOT)
                        ? SliceIdentifier.of(type.getFullName().replaceFirst("\\$.*", ""))
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "top-level classes";
            }
        };
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
        Set<Class<?>> clocks = Set.of(Instant.class, Clock.class, InstantSource.class, System.class);
        Set<String> readings = Set.of("now", "currentTimeMillis", "systemUTC", "systemDefaultZone", "system");
        return describe(
                "reads the system clock",
                access -> clocks.stream().anyMatch(access.getTargetOwner()::isEquivalentTo)
                        && readings.contains(access.getName()));
    }

    private static DescribedPredicate<JavaClass> mutable() {
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
