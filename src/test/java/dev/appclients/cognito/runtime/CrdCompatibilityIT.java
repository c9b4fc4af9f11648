package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compares this version with the CRDs of the API server: those of this release, older ones and newer ones. */
class CrdCompatibilityIT {

    private static final String NAME = "userpoolclients.cognito.appclients.dev";

    private KubernetesClient admin;
    private CustomResourceDefinition asShipped;

    @BeforeEach
    void keepTheOriginal() {
        admin = TestCluster.admin();
        asShipped = crd();
    }

    @AfterEach
    void restoreTheOriginal() {
        update(asShipped);
        // The next test needs the API served again.
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        admin.resources(UserPoolClient.class).inAnyNamespace().list() != null);
        admin.close();
    }

    @Test
    void theCrdsOfThisReleaseFit() {
        assertThat(new CrdCompatibility(admin).problem()).isNull();
    }

    @Test
    void olderCrdsDoNotFitAndTheProblemNamesTheMissingField() {
        changeStatus(status -> status.getProperties().remove("loginURL"));

        assertThat(new CrdCompatibility(admin).fit()).isFalse();
        assertThat(new CrdCompatibility(admin).problem())
                .isEqualTo("the CRD " + NAME + " is older than this operator: it lacks status.loginURL");
    }

    @Test
    void newerCrdsFit() {
        changeStatus(status -> {
            JSONSchemaProps field = new JSONSchemaProps();
            field.setType("string");
            status.getProperties().put("newerField", field);
        });

        assertThat(new CrdCompatibility(admin).fit()).isTrue();
    }

    @Test
    void aVersionThatIsNotServedDoesNotFit() {
        CustomResourceDefinition changed = crd();
        changed.getSpec().getVersions().getFirst().setServed(false);
        update(changed);

        assertThat(new CrdCompatibility(admin).problem()).isEqualTo("the CRD " + NAME + " does not serve v1beta1");
    }

    private void changeStatus(Consumer<JSONSchemaProps> change) {
        CustomResourceDefinition changed = crd();
        change.accept(changed.getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get("status"));
        update(changed);
    }

    /** Without a version, because the API server itself updates the status of a CRD. */
    private void update(CustomResourceDefinition crd) {
        crd.getMetadata().setResourceVersion(null);
        admin.resource(crd).update();
    }

    private CustomResourceDefinition crd() {
        return admin.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(NAME)
                .require();
    }
}
