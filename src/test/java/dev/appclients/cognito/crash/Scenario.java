package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Locale;
import java.util.Map;

/** A task of the operator, and the expected state when it is done. */
enum Scenario {
    CREATE(1) {
        @Override
        void prepare(Scene scene, String name) {}

        @Override
        void begin(Scene scene, String name) {
            scene.stage().applyClient(name, SPEC);
        }
    },
    UPDATE(0) {
        @Override
        void begin(Scene scene, String name) {
            scene.stage().applyClient(name, SPEC + "accessTokenValidity: 30m\n");
        }
    },
    RECREATE(1) {
        @Override
        void prepare(Scene scene, String name) {
            super.prepare(scene, name);
            scene.stage().simulator().deleteClient(Stage.POOL_ID, lost(scene, name));
            scene.stage().annotate(name, "cognito.appclients.dev/reconcile-requested-at", "now");
            scene.stage().awaitCondition(name, "Stalled", "True", "ClientLost");
        }

        @Override
        void begin(Scene scene, String name) {
            scene.stage().annotate(name, "cognito.appclients.dev/recreate", lost(scene, name));
        }

        private String lost(Scene scene, String name) {
            return scene.stage().status(name).clientId();
        }
    },
    RESTORE_A_DELETED_SECRET(0) {
        @Override
        void begin(Scene scene, String name) {
            scene.stage()
                    .admin()
                    .secrets()
                    .inNamespace(scene.stage().namespace())
                    .withName(name)
                    .delete();
        }
    },
    RESTORE_AN_EDITED_SECRET(0) {
        @Override
        void begin(Scene scene, String name) {
            scene.stage().editSecret(name, secret -> secret.getData().put("client-secret", "Zm9yZ2Vk"));
        }
    },
    RENAME_THE_SECRET(0) {
        private static final String GENERATE = "generate: [{key: cookie-secret}]";

        @Override
        void start(Scene scene, String name) {
            scene.stage().applyClient(name, SPEC + "secret: {" + GENERATE + "}\nconfigMap: {}\n");
        }

        @Override
        void prepare(Scene scene, String name) {
            super.prepare(scene, name);
            scene.stage().editSecret(name, secret -> secret.getData().put("cookie-secret", "YnkgaGFuZA=="));
        }

        @Override
        void begin(Scene scene, String name) {
            String renamed = name + "-renamed";
            scene.stage()
                    .applyClient(
                            name,
                            SPEC + "secret: {name: " + renamed + ", " + GENERATE + "}\nconfigMap: {name: " + renamed
                                    + "}\n");
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            assertThat(scene.secretOf(name)).isEqualTo(name + "-renamed");
            assertThat(scene.stage().data(name + "-renamed")).containsEntry("cookie-secret", "by hand");
            scene.stage()
                    .eventually()
                    .untilAsserted(() -> assertThat(scene.configMapsOf(name)).containsExactly(name + "-renamed"));
        }
    },
    COPY_THE_SECRET(0) {
        @Override
        void begin(Scene scene, String name) {
            SceneClaims.apply(scene, name, name, name + "-copy");
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            SceneClaims.assertCopied(scene, name, name + "-copy");
        }

        @Override
        void cleanUp(Scene scene, String name) {
            SceneClaims.remove(scene, name);
            super.cleanUp(scene, name);
        }
    },
    RENAME_THE_COPY(0) {
        @Override
        void start(Scene scene, String name) {
            super.start(scene, name);
            SceneClaims.apply(scene, name, name, name + "-copy");
        }

        @Override
        void prepare(Scene scene, String name) {
            super.prepare(scene, name);
            SceneClaims.assertCopied(scene, name, name + "-copy");
        }

        @Override
        void begin(Scene scene, String name) {
            SceneClaims.apply(scene, name, name, name + "-renamed");
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            SceneClaims.assertCopied(scene, name, name + "-renamed");
            scene.stage().eventually().until(() -> scene.stage().secret(name + "-copy") == null);
        }

        @Override
        boolean mayOmit(NthCall nthCall) {
            return isCount(nthCall);
        }

        @Override
        void cleanUp(Scene scene, String name) {
            COPY_THE_SECRET.cleanUp(scene, name);
        }
    },
    WITHDRAW_THE_COPY(0) {
        @Override
        void start(Scene scene, String name) {
            RENAME_THE_COPY.start(scene, name);
        }

        @Override
        void prepare(Scene scene, String name) {
            RENAME_THE_COPY.prepare(scene, name);
        }

        @Override
        void begin(Scene scene, String name) {
            SceneClaims.apply(scene, name, name + "-gone", name + "-copy");
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            scene.stage().eventually().untilAsserted(() -> {
                assertThat(scene.stage().secret(name + "-copy")).isNull();
                assertThat(SceneClaims.ready(scene, name)).isEqualTo("False NotAvailable");
            });
        }

        /** The operator reads a copy that it has deleted if its cache shows the deletion already. */
        @Override
        boolean mayOmit(NthCall nthCall) {
            return isCount(nthCall) || nthCall.call().operation().equals("get secrets");
        }

        @Override
        void cleanUp(Scene scene, String name) {
            COPY_THE_SECRET.cleanUp(scene, name);
        }
    },
    /** The client writes the claim, and the claim the copy. */
    PUSH_THE_SECRET(0) {
        @Override
        void prepare(Scene scene, String name) {
            scene.stage()
                    .applyPool(
                            Stage.POOL,
                            "namespaces: {from: All}\nsharing: {namespaces: {from: All}, pushFrom: {from: All}}");
            // The namespace must not be new to the operator when the scenario begins.
            scene.otherNamespace();
            super.prepare(scene, name);
        }

        @Override
        void begin(Scene scene, String name) {
            scene.stage()
                    .applyClient(
                            name,
                            SPEC + "sharing: {namespaces: {from: Names, names: [" + scene.otherNamespace()
                                    + "]}, push: {secret: {name: " + name + "}}}\n");
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            scene.stage()
                    .eventually()
                    .untilAsserted(() -> assertThat(copy(scene, name).require().getData())
                            .isEqualTo(scene.stage().secret(name).getData()));
            scene.stage()
                    .eventually()
                    .untilAsserted(
                            () -> assertThat(scene.stage().status(name).copies().ready())
                                    .isEqualTo(1));
        }

        /** The first write of the client's status reports the new manifest. */
        @Override
        boolean mayOmit(NthCall nthCall) {
            return isCount(nthCall) && nthCall.nth() > 1;
        }

        @Override
        void cleanUp(Scene scene, String name) {
            super.cleanUp(scene, name);
            scene.stage().eventually().until(() -> copy(scene, name).get() == null);
        }

        private Resource<Secret> copy(Scene scene, String name) {
            return scene.stage()
                    .admin()
                    .secrets()
                    .inNamespace(scene.otherNamespace())
                    .withName(name);
        }
    },
    ADOPT(0) {
        @Override
        void prepare(Scene scene, String name) {
            scene.handMade().adopt(name);
        }

        @Override
        void begin(Scene scene, String name) {
            scene.stage().applyClient(name, SPEC + scene.handMade().adopt(name));
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            assertThat(scene.clientOf(name).name()).isEqualTo(HandMade.NAME);
        }

        @Override
        boolean startsWithOwnClient() {
            return false;
        }
    },
    OBSERVE(0) {
        @Override
        void prepare(Scene scene, String name) {
            ADOPT.prepare(scene, name);
        }

        @Override
        void begin(Scene scene, String name) {
            scene.stage()
                    .applyClient(
                            name, SPEC + "mode: Observe\n" + scene.handMade().adopt(name));
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            super.assertDone(scene, name, outcome);
            assertThat(scene.handMade().calls(name))
                    .containsOnly("DescribeUserPoolClient", "ListUserPoolClientSecrets");
            scene.stage().awaitCondition(name, "Drifted", "True", "Drifted");
        }

        @Override
        boolean startsWithOwnClient() {
            return false;
        }
    },
    MANAGE_AN_OBSERVED_CLIENT(0) {
        @Override
        void prepare(Scene scene, String name) {
            OBSERVE.begin(scene, name);
            scene.stage().awaitReady(name);
        }

        @Override
        void begin(Scene scene, String name) {
            ADOPT.begin(scene, name);
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            ADOPT.assertDone(scene, name, outcome);
            assertThat(scene.stage().condition(name, "Drifted")).isEmpty();
        }

        @Override
        boolean startsWithOwnClient() {
            return false;
        }
    },
    RETAIN(0) {
        @Override
        void start(Scene scene, String name) {
            scene.stage().applyClient(name, SPEC + "deletionPolicy: Retain\n");
        }

        @Override
        void begin(Scene scene, String name) {
            scene.keep(name);
            scene.stage().delete(name);
        }

        @Override
        Map<String, String> outcome(Scene scene, String name) {
            return Map.of();
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            DELETE.assertDone(scene, name, outcome);
        }

        @Override
        void cleanUp(Scene scene, String name) {}
    },
    /** From the request until every copy of the new secret is written. */
    ROTATE(0) {
        @Override
        void start(Scene scene, String name) {
            scene.stage().applyClient(name, SceneRotation.SPEC);
        }

        @Override
        void begin(Scene scene, String name) {
            scene.rotation().request(name);
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            scene.rotation().awaitOverlap(name);
            super.assertDone(scene, name, outcome);
        }
    },
    /** The overlap ends. */
    RETIRE(0) {
        @Override
        void start(Scene scene, String name) {
            scene.stage().applyClient(name, SceneRotation.SPEC);
            scene.rotation().request(name);
        }

        @Override
        void prepare(Scene scene, String name) {
            start(scene, name);
            scene.rotation().awaitOverlap(name);
        }

        @Override
        void begin(Scene scene, String name) {
            scene.rotation().passOverlap(name);
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            scene.rotation().awaitRetired(name);
            super.assertDone(scene, name, outcome);
        }
    },
    /** A user ends the overlap. */
    REVOKE(0) {
        @Override
        void start(Scene scene, String name) {
            RETIRE.start(scene, name);
        }

        @Override
        void prepare(Scene scene, String name) {
            RETIRE.prepare(scene, name);
        }

        @Override
        void begin(Scene scene, String name) {
            scene.rotation().revokePrevious(name);
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            RETIRE.assertDone(scene, name, outcome);
        }
    },
    DELETE(0) {
        @Override
        void begin(Scene scene, String name) {
            scene.stage().delete(name);
        }

        @Override
        Map<String, String> outcome(Scene scene, String name) {
            return Map.of();
        }

        @Override
        void assertDone(Scene scene, String name, Map<String, String> outcome) {
            scene.stage().awaitGone(name);
            scene.stage().eventually().until(() -> scene.stage().secret(name) == null);
            scene.assertNoOrphan();
            scene.assertForeignUntouched();
        }

        @Override
        void cleanUp(Scene scene, String name) {}
    };

    static final String SPEC = """
            appType: Confidential
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, orders/read]
            callbackURLs: ["https://shop.example.com/callback"]
            """;

    private final int creates;

    Scenario(int creates) {
        this.creates = creates;
    }

    /** Creates the objects that the scenario starts from without waiting for them. Run for many clients before the first is prepared. */
    void start(Scene scene, String name) {
        CREATE.begin(scene, name);
    }

    /** Creates the state that the scenario starts from. */
    void prepare(Scene scene, String name) {
        start(scene, name);
        scene.stage().awaitReady(name);
    }

    /** Whether the operator has created a client before the scenario begins. */
    boolean startsWithOwnClient() {
        return this != CREATE;
    }

    abstract void begin(Scene scene, String name);

    /** The settings of the client after an undisturbed run. */
    Map<String, String> outcome(Scene scene, String name) {
        scene.stage().awaitReady(name);
        return scene.settingsOf(name);
    }

    /** Waits for the state after an undisturbed run. */
    void assertDone(Scene scene, String name, Map<String, String> outcome) {
        scene.stage().eventually().untilAsserted(() -> scene.assertSynced(name, outcome));
        assertThat(scene.creates(name)).as("creates").isEqualTo(creates);
    }

    /** Whether an undisturbed run may omit this call of a reference run, depending on when watch events arrive. */
    boolean mayOmit(NthCall nthCall) {
        return false;
    }

    /** Removes what the scenario created. */
    void cleanUp(Scene scene, String name) {
        scene.remove(name);
    }

    /** A client counts its copies some time after they change. One write may report several changes. */
    private static boolean isCount(NthCall nthCall) {
        return nthCall.call().operation().equals("patch userpoolclients/status");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
