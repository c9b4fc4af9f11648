package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.cluster.WakeOnChange;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What wakes an object, and what people ask for by annotation. */
class SmallDecisionsTest {

    private static final String CLIENT = """
            apiVersion: cognito.appclients.dev/v1beta1
            kind: UserPoolClient
            metadata: {name: web, namespace: shop%s}
            spec: {userPoolRef: {name: customers}, appType: Public}
            %s
            """;
    private static final String CONDITIONS = "status: {conditions: [{type: Ready}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "generation: 1; generation: 2; true",
                "uid: u; uid: v; true",
                "finalizers: []; finalizers: [cognito.appclients.dev/app-client]; true",
                "labels: {}; deletionTimestamp: '2026-01-02T03:04:05Z'; true",
                "labels: {}; annotations: {cognito.appclients.dev/paused: 'true'}; true",
                "annotations: {cognito.appclients.dev/recreate: a}; annotations: {cognito.appclients.dev/recreate: b}; true",
                "labels: {}; annotations: {cognito.appclients.dev/reconcile-requested-at: now}; true",
                "labels: {}; annotations: {cognito.appclients.dev/rotate-requested-at: now}; true",
                "labels: {}; annotations: {cognito.appclients.dev/retire-secret: 3abc--1767322800}; true",
                "labels: {}; annotations: {somebody.example.com/else: 'true'}; false",
                "labels: {}; labels: {team: a}; false",
                "resourceVersion: '1'; resourceVersion: '2'; false",
            })
    void onlyAChangeThatTheOperatorActsOnWakesAnObject(String before, String after, boolean wakes) {
        assertThat(new WakeOnChange().accept(client(", " + after, CONDITIONS), client(", " + before, CONDITIONS)))
                .isEqualTo(wakes);
    }

    @Test
    void aStatusThatAnotherWriterWipedWakesItsObjectAndOneThatTheOperatorWroteDoesNot() {
        assertThat(new WakeOnChange().accept(client("", ""), client("", CONDITIONS)))
                .isTrue();
        assertThat(new WakeOnChange().accept(client("", CONDITIONS), client("", "")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, false", "yes, false", "'', false"})
    void onlyTrueIsPaused(String value, boolean paused) {
        assertThat(Annotations.isPaused(client(", annotations: {cognito.appclients.dev/paused: '" + value + "'}", "")))
                .isEqualTo(paused);
    }

    private static UserPoolClient client(String metadata, String status) {
        return Serialization.unmarshal(CLIENT.formatted(metadata, status), UserPoolClient.class);
    }

    @ParameterizedTest(name = "a pool''s status with {0} wakes the pool: {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "issuer: https://forged.example.com; true",
                "domain: forged.example.com; true",
                "tier: LITE; true",
                "loginVersion: 1; true",
                "userPoolARN: wherever; true",
                "'attributes: {names: [forged], required: []}'; true",
                "lastHandledReconcileAt: now; false",
            })
    void factsOfAPoolThatAnotherWriterChangedWakeThePool(String forged, boolean wakes) {
        assertThat(new WakeOnChange().accept(pool(", " + forged), pool(""))).isEqualTo(wakes);
    }

    private static ClusterUserPool pool(String status) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec: {userPoolId: eu-west-1_Shop, aws: {identity: Operator}, tenancy: Trusted}
                status: {conditions: [{type: Ready}]%s}
                """.formatted(status), ClusterUserPool.class);
    }
}
