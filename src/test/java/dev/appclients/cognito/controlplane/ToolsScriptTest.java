package dev.appclients.cognito.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.ScriptBed.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code src/test/tools/install.sh} with an own cache, and with stand-ins for curl and go. */
class ToolsScriptTest {

    @TempDir
    private Path directory;

    private ScriptBed bed;
    private Path site;

    @BeforeEach
    void prepare() throws IOException {
        bed = new ScriptBed(directory, "src/test/tools/install.sh");
        site = bed.site();
    }

    @Test
    void checkedDownloadsFillTheCacheAndTheNextRunNeedsNoNetwork() throws Exception {
        offerAll("");

        Output first = bed.install();
        Files.delete(site.resolve("requests"));
        Output second = bed.install();

        assertThat(first.exitCode()).as(first.progress()).isZero();
        assertThat(first.text().lines())
                .hasSize(4)
                .allMatch(line -> line.matches("(helm3|helm4|kubeconform|promtool) /.*"));
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(site.resolve("requests")).doesNotExist();
    }

    @Test
    void aDownloadWithAnotherChecksumIsDiscardedAndBuilt() throws Exception {
        offerAll("changed");
        bed.installGo();

        Output installed = bed.install();

        assertThat(installed.exitCode()).as(installed.progress()).isZero();
        assertThat(installed.progress()).contains("does not match its published checksum and is discarded");
        Path helm = Path.of(installed.text().lines().findFirst().orElseThrow().split(" ")[1]);
        assertThat(helm).content().contains("built helm.sh/helm/v3/cmd/helm");
    }

    @Test
    void anUnreachableHostIsAskedOnce() throws Exception {
        Files.createFile(site.resolve("down"));
        bed.installGo();

        assertThat(bed.install().exitCode()).isZero();

        assertThat(Files.readAllLines(site.resolve("requests"))).hasSize(2);
    }

    @Test
    void withoutNetworkAndGoItSaysWhatToInstallAndFindsNothing() throws Exception {
        Files.createFile(site.resolve("down"));

        Output failed = bed.install();

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.progress())
                .contains(
                        "still missing: helm3 helm4 kubeconform promtool",
                        "allow https",
                        "install Go 1.",
                        "TOOLS_BIN=<directory>");
        assertThat(bed.install("--find")).isEqualTo(new Output(0, "", ""));
    }

    /** Offers every tool. The archives differ from their checksums by the suffix. */
    private void offerAll(String suffix) throws Exception {
        bed.offer("""
                case $(uname -m) in x86_64) arch=amd64 ;; aarch64) arch=arm64 ;; *) arch=$(uname -m) ;; esac
                platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$arch
                tools=src/test/tools
                pinned() { awk -v module="$2" '$1 == module && $2 ~ /^v/ {print $2; exit}' "$tools/$1/go.mod"; }
                offer() { # archive, path of the program in it, file of the checksums
                  mkdir -p "$SITE/pack/$(dirname "$2")"
                  echo program >"$SITE/pack/$2"
                  tar -czf "$SITE/$1" -C "$SITE/pack" "$2"
                  (cd "$SITE" && sha256sum "$1") >>"$SITE/$3"
                  [ -z "$SUFFIX" ] || echo "$SUFFIX" >>"$SITE/$1"
                }
                for major in 3 4; do
                  name=helm-$(pinned helm$major helm.sh/helm/v$major)-$platform.tar.gz
                  offer "$name" "$platform/helm" "$name.sha256sum"
                done
                offer "kubeconform-$platform.tar.gz" kubeconform CHECKSUMS
                version=$(pinned promtool github.com/prometheus/prometheus | awk -F. '{printf "%d.%d.%d", $2 / 100, $2 % 100, $3}')
                name=prometheus-$version.$platform.tar.gz
                offer "$name" "prometheus-$version.$platform/promtool" sha256sums.txt
                """, suffix);
    }
}
