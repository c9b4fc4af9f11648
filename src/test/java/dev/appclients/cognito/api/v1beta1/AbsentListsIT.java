package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.docs.GeneratedFiles;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that an absent, an empty and a null list or map mean the same in every kind of write. */
class AbsentListsIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static KubernetesClient client;

    @BeforeAll
    static void connect() {
        client = TestCluster.admin();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    /**
     * A list or map of a spec.
     *
     * @param kind the name of the folder of the manifests
     * @param path the path from the root of the object; {@code []} stands for the items of a list
     * @param required whether the field is required
     * @param map whether the field is a map
     */
    record ListField(String kind, String path, boolean required, boolean map) {

        JsonNode empty() {
            return map ? MAPPER.createObjectNode() : MAPPER.createArrayNode();
        }

        @Override
        public String toString() {
            return kind + " " + path;
        }
    }

    static List<ListField> lists() {
        List<ListField> lists = new ArrayList<>();
        for (CustomResourceDefinition crd : GeneratedFiles.definitions()) {
            String kind = crd.getSpec().getNames().getSingular().toLowerCase(Locale.ROOT);
            var root = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
            collect(kind, "spec", root.getProperties().get("spec"), false, lists);
        }
        return lists;
    }

    @Test
    void everyKindHasLists() {
        assertThat(lists())
                .extracting(ListField::kind)
                .contains("userpoolclient", "clientsecretclaim", "clusteruserpool");
        assertThat(lists()).extracting(ListField::map).contains(true, false);
    }

    @ParameterizedTest
    @MethodSource("lists")
    void anEmptyListAndANullMeanAnAbsentOne(ListField list) {
        var judged = hosts(list).toList();
        assertThat(judged).as("valid manifests with the parent of %s", list).isNotEmpty();
        judged.forEach(manifest -> {
            var absent = Refusals.ofApply(client, with(manifest, list, null));
            var empty = Refusals.ofApply(client, with(manifest, list, list.empty()));
            var none = Refusals.ofApply(client, with(manifest, list, NullNode.getInstance()));

            if (list.required()) {
                assertThat(List.of(absent, empty, none))
                        .as("%s", manifest)
                        .allSatisfy(refusals -> assertThat(refusals).isNotEmpty());
            } else {
                assertThat(empty).as("empty in %s", manifest).isEqualTo(absent);
                assertThat(none).as("null in %s", manifest).isEqualTo(absent);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("lists")
    void aCreateAndAMergePatchTreatNullAsAbsent(ListField list) {
        hosts(list)
                .filter(manifest -> manifest.file().endsWith("everything.yaml")
                        || manifest.file().endsWith("the-least.yaml"))
                .forEach(manifest -> {
                    var absent = Refusals.ofApply(client, with(manifest, list, null));
                    var nulled = with(manifest, list, NullNode.getInstance());

                    assertThat(Refusals.ofCreate(client, nulled))
                            .as("create from %s", manifest)
                            .isEqualTo(absent);
                    assertThat(Refusals.ofMerge(client, manifest.documents().getFirst(), nulled))
                            .as("merge into %s", manifest)
                            .isEqualTo(absent);
                });
    }

    /** Every optional list of the kind at once. */
    @ParameterizedTest
    @CsvSource({
        "userpoolclient, create -f",
        "userpoolclient, apply -f",
        "userpoolclient, apply --server-side -f",
        "userpoolclient, patch --type=merge --patch-file",
        "clientsecretclaim, create -f",
        "clientsecretclaim, apply -f",
        "clientsecretclaim, apply --server-side -f",
        "clientsecretclaim, patch --type=merge --patch-file",
        "clusteruserpool, create -f",
        "clusteruserpool, apply -f",
        "clusteruserpool, apply --server-side -f",
        "clusteruserpool, patch --type=merge --patch-file"
    })
    void kubectlAcceptsAManifestWithNullLists(String kind, String command, @TempDir Path directory) throws IOException {
        Manifest least = Manifest.valid()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.file().endsWith("the-least.yaml"))
                .findFirst()
                .orElseThrow();
        ObjectNode object = MAPPER.valueToTree(least.documents().getFirst());
        lists().stream()
                .filter(list -> list.kind().equals(kind) && !list.required())
                .forEach(list -> parents(object, list)
                        .forEach(parent ->
                                parent.putNull(list.path().substring(list.path().lastIndexOf('.') + 1))));
        Path file = Files.writeString(directory.resolve("manifest.json"), object.toString());
        boolean patches = command.startsWith("patch");
        String name = object.path("metadata").path("name").asText();
        Kubectl kubectl = new Kubectl(object.path("metadata").path("namespace").asText("default"));
        if (patches) {
            client.resource(least.documents().getFirst()).create();
        }
        try {
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.add(file.toString());
            if (patches) {
                arguments.addAll(List.of(kind, name));
            }

            Kubectl.Output output = kubectl.run(arguments.toArray(String[]::new));

            assertThat(output.exitCode()).as(output.text()).isZero();
        } finally {
            client.resource(least.documents().getFirst()).delete();
        }
    }

    private static Stream<Manifest> hosts(ListField list) {
        return Manifest.valid()
                .filter(manifest -> manifest.kind().equals(list.kind())
                        && manifest.documents().size() == 1
                        && !parents(MAPPER.valueToTree(manifest.documents().getFirst()), list)
                                .isEmpty());
    }

    private static ObjectNode with(Manifest manifest, ListField list, @Nullable JsonNode value) {
        ObjectNode object = MAPPER.valueToTree(manifest.documents().getFirst());
        String name = list.path().substring(list.path().lastIndexOf('.') + 1);
        parents(object, list).forEach(parent -> {
            if (value == null) {
                parent.remove(name);
            } else {
                parent.set(name, value);
            }
        });
        return object;
    }

    /** The objects that have or can have the list. */
    private static List<ObjectNode> parents(JsonNode object, ListField list) {
        List<JsonNode> parents = List.of(object);
        String path = list.path().substring(0, list.path().lastIndexOf('.'));
        for (String step : path.split("[.]")) {
            String name = step.replace("[]", "");
            boolean items = step.endsWith("[]");
            parents = parents.stream()
                    .map(parent -> parent.path(name))
                    .flatMap(found -> items && found instanceof ArrayNode all
                            ? Stream.iterate(0, i -> i < all.size(), i -> i + 1).map(all::get)
                            : Stream.of(found))
                    .toList();
        }
        return parents.stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .toList();
    }

    private static void collect(
            String kind, String path, JSONSchemaProps schema, boolean required, List<ListField> lists) {
        if ("array".equals(schema.getType())) {
            lists.add(new ListField(kind, path, required, false));
            collect(kind, path + "[]", schema.getItems().getSchema(), true, lists);
        }
        if (schema.getAdditionalProperties() != null) {
            lists.add(new ListField(kind, path, required, true));
        }
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((name, below) -> collect(
                            kind, path + "." + name, below, schema.getRequired().contains(name), lists));
        }
    }
}
