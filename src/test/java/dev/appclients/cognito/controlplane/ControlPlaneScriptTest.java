package dev.appclients.cognito.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.ScriptBed.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code src/test/control-plane/install.sh} on a machine without a cache. */
class ControlPlaneScriptTest {

    private static final String[] PROGRAMS = {"etcd", "kube-apiserver", "kube-controller-manager", "kubectl"};

    @TempDir
    private Path directory;

    private ScriptBed bed;

    @BeforeEach
    void prepare() throws IOException {
        bed = new ScriptBed(directory, "src/test/control-plane/install.sh");
    }

    @Test
    void checkedDownloadsFillTheCacheAndTheNextRunNeedsNoNetwork() throws Exception {
        offerAll("");

        Output first = bed.install();
        Files.delete(bed.site().resolve("requests"));

        assertComplete(first);
        assertThat(Path.of(first.text().strip()).resolve("kubectl")).content().isEqualTo("kubectl\n");
        assertThat(bed.install()).isEqualTo(new Output(0, first.text(), ""));
        assertThat(bed.site().resolve("requests")).doesNotExist();
    }

    @Test
    void withoutTheDownloadsOneGoCommandBuildsEveryProgram() throws Exception {
        Files.createFile(bed.site().resolve("down"));
        bed.installGo();

        Output built = bed.install();

        assertComplete(built);
        assertThat(built.progress()).contains("building etcd kube-apiserver kube-controller-manager kubectl\n");
        assertThat(Path.of(built.text().strip()).resolve("etcd")).content().contains("go.etcd.io/etcd/server/v3");
    }

    @Test
    void aDownloadWithAnotherChecksumIsDiscardedAndBuilt() throws Exception {
        offerAll("changed");
        bed.installGo();

        Output built = bed.install();

        assertComplete(built);
        assertThat(built.progress()).contains("kubectl does not match its published checksum and is discarded");
        assertThat(Path.of(built.text().strip()).resolve("kubectl"))
                .content()
                .contains("k8s.io/kubernetes/cmd/kubectl");
    }

    @Test
    void theSearchInstallsNothingAndFailsWithoutPrograms() throws Exception {
        assertThat(bed.install("--find")).isEqualTo(new Output(1, "", ""));
        offerAll("");

        Output installed = bed.install();

        assertThat(bed.install("--find")).isEqualTo(new Output(0, installed.text(), ""));
    }

    @Test
    void withoutNetworkAndGoItSaysWhatToInstall() throws Exception {
        Files.createFile(bed.site().resolve("down"));

        Output failed = bed.install();

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.progress())
                .contains(
                        "still missing: etcd kube-apiserver kube-controller-manager kubectl",
                        "allow https",
                        "install Go 1.",
                        "CONTROL_PLANE_BIN=<directory>");
    }

    private static void assertComplete(Output installed) {
        assertThat(installed.exitCode()).as(installed.progress()).isZero();
        for (String program : PROGRAMS) {
            assertThat(Path.of(installed.text().strip()).resolve(program)).isExecutable();
        }
    }

    /** Offers every program. The files differ from their checksums by the suffix. */
    private void offerAll(String suffix) throws Exception {
        bed.offer("""
                case $(uname -m) in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
                os=$(uname -s | tr '[:upper:]' '[:lower:]')
                for program in kube-apiserver kube-controller-manager kubectl; do
                  echo "$program" >"$SITE/$program"
                  (cd "$SITE" && sha256sum "$program" | cut -d ' ' -f 1 >"$program.sha256")
                  [ -z "$SUFFIX" ] || echo "$SUFFIX" >>"$SITE/$program"
                done
                version=$(awk '$1 == "go.etcd.io/etcd/server/v3" && $2 ~ /^v/ {print $2; exit}' src/test/control-plane/go.mod)
                name=etcd-$version-$os-$arch
                mkdir -p "$SITE/pack/$name"
                echo etcd >"$SITE/pack/$name/etcd"
                tar -czf "$SITE/$name.tar.gz" -C "$SITE/pack" "$name"
                (cd "$SITE" && sha256sum "$name.tar.gz" >SHA256SUMS)
                """, suffix);
    }
}
