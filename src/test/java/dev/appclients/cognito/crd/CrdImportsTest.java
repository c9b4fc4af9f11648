package dev.appclients.cognito.crd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Checks the imports of the CRD generator, which is compiled next to the tests. */
class CrdImportsTest {

    private static final String ROOT = "dev.appclients.cognito.";

    @Test
    void theCrdGeneratorUsesOnlyTheApiAndTheModel() {
        JavaClasses generator = new ClassFileImporter().importPackages(ROOT + "crd");

        noClasses()
                .that()
                .haveNameNotMatching(".*(Test|IT)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "aws..",
                        ROOT + "authorization..",
                        ROOT + "controller..",
                        ROOT + "failure..",
                        ROOT + "plan..",
                        ROOT + "runtime..",
                        ROOT + "secret..",
                        ROOT + "status..",
                        ROOT + "docs..")
                .check(generator);
    }

    @Test
    void theOperatorDoesNotUseTheCrdGenerator() {
        JavaClasses operator = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.appclients.cognito");

        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "crd..", "io.fabric8.crdv2..")
                .check(operator);
    }
}
