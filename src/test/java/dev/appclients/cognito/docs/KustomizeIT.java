package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controlplane.GrantedRights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Renders both sizes of {@code deploy/kustomize} and their components with kubectl. */
class KustomizeIT {

    private static final Path KUSTOMIZE = Path.of("deploy/kustomize").toAbsolutePath();
    private static final Pattern SERVED = Pattern.compile("WATCH_NAMESPACES\\s+value: (\\S+)");
    private static final Pattern NAMESPACE_OF_A_ROLE = Pattern.compile(
            "(?m)^kind: Role\\nmetadata:(?:\\n .*)*?\\n {2}name: cognito-client-operator\\n {2}namespace: (\\S+)");

    @TempDir
    private Path directory;

    @Test
    void theDirectoryItselfIsTheSizeForTheWholeCluster() {
        assertThat(render(KUSTOMIZE)).isEqualTo(render(KUSTOMIZE.resolve("cluster")));
    }

    @Test
    void bothSizesGrantTheSameRights() {
        assertThat(GrantedRights.ofNamespaces()).isEqualTo(GrantedRights.ofTheWholeCluster());
    }

    @Test
    void theSizeForNamespacesGrantsNothingAtTheClusterScopeButPoolsAndNamesOfNamespaces() {
        assertThat(GrantedRights.in("namespaces/rbac.yaml"))
                .allSatisfy(right -> assertThat(right)
                        .containsAnyOf(
                                "clusteruserpools",
                                " userpoolclients: list",
                                " namespaces: ",
                                " customresourcedefinitions: get",
                                " events: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "namespaces"})
    void theRightOnCrdsIsLimitedToTheOperatorsOwn(String size) throws IOException {
        List<String> named = matches(
                Pattern.compile("(?m)^ +- (\\w+\\.cognito\\.appclients\\.dev)$"),
                read(KUSTOMIZE.resolve(size).resolve("rbac.yaml")));
        try (Stream<Path> crds = Files.list(Path.of("crds"))) {
            assertThat(crds.map(file -> file.getFileName().toString().replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    /** The command of the install page writes the image into the base, because list.sh overwrites the size for namespaces. */
    @Test
    void theImageOfTheBaseIsThatOfBothSizesAlsoAfterTheScript() throws IOException {
        assertThat(Files.readString(Path.of("src/docs/install.md")))
                .contains("(cd deploy/kustomize/base && kustomize edit set image cognito-client-operator=");
        Path copy = copy();
        Path base = copy.resolve("base/kustomization.yaml");
        Files.writeString(base, read(base) + """
                images:
                  - name: cognito-client-operator
                    newName: registry.example.com/cognito-client-operator
                    newTag: "1.0"
                """);
        assertThat(list(copy, "shop").exitCode()).isZero();

        assertThat(List.of(render(copy), render(copy.resolve("cluster")), render(copy.resolve("namespaces"))))
                .allSatisfy(rendered ->
                        assertThat(rendered).contains("image: registry.example.com/cognito-client-operator:1.0\n"));
    }

    @Test
    void theOperatorServesExactlyTheNamespacesInWhichItHasARole() {
        String rendered = render(KUSTOMIZE.resolve("namespaces"));

        assertThat(matches(NAMESPACE_OF_A_ROLE, rendered))
                .containsExactlyInAnyOrder(matches(SERVED, rendered).getFirst().split(","))
                .isNotEmpty();
    }

    @Test
    void theScriptWritesTheCommittedList() throws IOException {
        Path copy = copy();

        assertThat(list(copy, "other", "another").exitCode()).isZero();
        assertThat(copy.resolve("namespaces/shop")).doesNotExist();
        assertThat(list(copy, "shop", "team-c").exitCode()).isZero();

        assertThat(files(copy.resolve("namespaces"))).isEqualTo(files(KUSTOMIZE.resolve("namespaces")));
    }

    @Test
    void theScriptWritesUpToFiftyNamespaces() throws IOException {
        Path copy = copy();

        assertThat(list(copy, names(50)).exitCode()).isZero();
        assertThat(matches(NAMESPACE_OF_A_ROLE, render(copy.resolve("namespaces"))))
                .hasSize(50);
        assertThat(list(copy, names(51)))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2))
                .satisfies(refused -> assertThat(refused.text()).contains("at most 50"));
    }

    @Test
    void theScriptRefusesANameThatIsThereTwice() throws IOException {
        Kubectl.Output refused = list(copy(), "shop", "team-c", "shop");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.text()).contains("'shop' is there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "../shop", "shop.b", "_role", "''"})
    void theScriptRefusesAnImpossibleName(String name) throws IOException {
        Kubectl.Output refused = list(copy(), name);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.text()).contains("is not the name of a Namespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster", "namespaces"})
    void theComponentsLeaveOutTheRightOnConfigMapsAndClaimsInEdit(String size) throws IOException {
        Path copy = copy();
        assertThat(render(copy.resolve(size))).contains("- configmaps", "cognito-client-operator-edit-claims");
        Path overlay = Files.createDirectories(copy.resolve("overlay"));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                resources: [../%s]
                components: [../without-configmaps, ../edit-without-claims, ../status-guard, ../network-policy]
                """.formatted(size));

        String rendered = render(overlay);

        assertThat(rendered)
                .doesNotContain("configmaps", "cognito-client-operator-edit-claims")
                .contains(
                        "name: cognito-client-operator-edit\n",
                        "kind: ValidatingAdmissionPolicy\n",
                        "kind: NetworkPolicy\n",
                        "- secrets");
    }

    private static String names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "team-" + i).collect(Collectors.joining(" "));
    }

    private static Kubectl.Output list(Path kustomize, String... names) {
        return Kubectl.shell(kustomize.resolve("namespaces/list.sh") + " " + String.join(" ", names));
    }

    private static String render(Path directory) {
        Kubectl.Output rendered = new Kubectl("default").run("kustomize", directory.toString());
        assertThat(rendered.exitCode()).as(rendered.text()).isZero();
        return rendered.text();
    }

    private Path copy() throws IOException {
        Path copy = directory.toRealPath().resolve("kustomize");
        assertThat(Kubectl.shell("cp -r " + KUSTOMIZE + " " + copy).exitCode()).isZero();
        return copy;
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> root.relativize(file) + "\n" + read(file))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
