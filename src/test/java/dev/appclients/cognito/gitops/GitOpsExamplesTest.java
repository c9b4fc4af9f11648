package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the references of the example applications: paths in this repository, names of each other, and values of the chart. */
class GitOpsExamplesTest {

    private static final Path GITOPS = Path.of("deploy/examples/gitops");
    private static final Path CHART = Path.of("deploy/helm/cognito-client-operator");
    private static final String VERSION = "v0.1.0";
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<JsonNode> all() {
        return Stream.of("argocd", "flux").flatMap(GitOpsExamplesTest::in).toList();
    }

    static Stream<JsonNode> sources() {
        return all().stream()
                .filter(object -> !object.at("/spec/path").isMissingNode()
                        || !object.at("/spec/source/path").isMissingNode());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void theDirectoryOfTheSourceExists(JsonNode object) {
        String path =
                object.at("/spec/path").asText(object.at("/spec/source/path").asText());

        assertThat(Path.of(path)).isNotEmptyDirectory();
    }

    @Test
    void everySourceHasTheSameRepositoryAndVersion() {
        assertThat(all().stream()
                        .flatMap(object ->
                                Stream.of(object.at("/spec/source/targetRevision"), object.at("/spec/ref/tag")))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText))
                .hasSize(4)
                .containsOnly(VERSION);
        assertThat(all().stream()
                        .flatMap(object -> Stream.of(
                                object.at("/spec/source/repoURL"),
                                object.at("/spec/url"),
                                object.at("/spec/sourceRepos/0")))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theOperatorAndItsObjectsAreInDifferentApplications() {
        assertThat(argo("Application").values().stream()
                        .map(application -> application.at("/spec/source/path").asText()))
                .containsExactlyInAnyOrder(
                        CHART.toString(), "deploy/examples/gitops/platform", "deploy/examples/gitops/team");
    }

    @Test
    void theProjectOfTheTeamContainsItsApplicationAndNoPool() {
        JsonNode project = argo("AppProject").get("shop");
        JsonNode application = argo("Application").get("shop-checkout");

        assertThat(application.at("/spec/project").asText()).isEqualTo("shop");
        assertThat(project.at("/spec/destinations/0")).isEqualTo(application.at("/spec/destination"));
        assertThat(project.at("/spec/sourceRepos/0")).isEqualTo(application.at("/spec/source/repoURL"));
        assertThat(project.at("/spec/clusterResourceWhitelist")).isEmpty();
        assertThat(in("team").map(object -> object.at("/metadata/namespace").asText()))
                .containsOnly(application.at("/spec/destination/namespace").asText());
    }

    @Test
    void theKustomizationsDependOnEachOtherAndCheckTheHealthOfTheirKinds() {
        var kustomizations = in("flux")
                .filter(object -> object.path("kind").asText().equals("Kustomization"))
                .collect(Collectors.toMap(object -> object.at("/metadata/name").asText(), object -> object));
        JsonNode source = in("flux")
                .filter(object -> object.path("kind").asText().equals("GitRepository"))
                .findFirst()
                .orElseThrow();

        assertThat(kustomizations).containsOnlyKeys("user-pools", "shop-checkout");
        assertThat(kustomizations
                        .get("shop-checkout")
                        .at("/spec/dependsOn/0/name")
                        .asText())
                .isEqualTo("user-pools");
        kustomizations.values().forEach(kustomization -> {
            assertThat(kustomization.at("/spec/wait").asBoolean()).isTrue();
            assertThat(kustomization.at("/spec/sourceRef/name")).isEqualTo(source.at("/metadata/name"));
            Path path = Path.of(kustomization.at("/spec/path").asText()).normalize();
            List<String> checked = StreamSupport.stream(
                            kustomization.at("/spec/healthCheckExprs").spliterator(), false)
                    .map(check -> check.path("kind").asText())
                    .toList();
            assertThat(checked)
                    .containsAll(in(String.valueOf(path.getFileName()))
                            .map(object -> object.path("kind").asText())
                            .filter(ArgoFiles.KINDS::contains)
                            .toList());
        });
    }

    @Test
    void theValuesExistInTheChart() throws IOException {
        JsonNode chart = YAML.readTree(CHART.resolve("values.yaml").toFile());
        JsonNode release = in("flux")
                .filter(object -> object.path("kind").asText().equals("HelmRelease"))
                .findFirst()
                .orElseThrow();

        assertThat(release.at("/spec/chart/spec/chart").asText()).isEqualTo(CHART.toString());
        for (JsonNode values : List.of(
                release.at("/spec/values"),
                argo("Application").get("cognito-client-operator").at("/spec/source/helm/valuesObject"))) {
            assertThat(values.fieldNames()).toIterable().containsExactly("serviceAccount");
            assertThat(values.at("/serviceAccount").fieldNames())
                    .toIterable()
                    .allMatch(chart.at("/serviceAccount")::has);
        }
    }

    private static Map<String, JsonNode> argo(String kind) {
        return in("argocd")
                .filter(object -> object.path("kind").asText().equals(kind))
                .collect(Collectors.toMap(object -> object.at("/metadata/name").asText(), object -> object));
    }

    private static Stream<JsonNode> in(String directory) {
        try (Stream<Path> files = Files.list(GITOPS.resolve(directory))) {
            return files.sorted().flatMap(GitOpsExamplesTest::documents).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> documents(Path file) {
        try {
            return Stream.of(Files.readString(file).split("(?m)^---$")).map(ArgoFiles::parse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
