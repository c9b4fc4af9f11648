package dev.appclients.cognito.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The CRDs accept every object and manifest of the release before. */
class ReleasedCrdsTest {

    @Test
    void everyIncompatibleChangeSinceTheLastReleaseIsAllowedWithAReason() {
        Release release = Release.newest();

        assertThat(release.changes())
                .as("""
                        changes of crds/ since %1$s that can break stored objects, manifests or an older operator.
                        Undo them, or add each to src/test/resources/releases/%1$s/allowed-changes.txt with a reason and a line in CHANGELOG.md.
                        If %1$s is not released yet, run make store-release instead""", release.version())
                .containsExactlyInAnyOrderElementsOf(release.allowed().keySet());
        assertThat(release.allowed().values())
                .allSatisfy(reason -> assertThat(reason).isNotBlank());
    }
}
