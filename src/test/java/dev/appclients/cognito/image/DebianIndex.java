package dev.appclients.cognito.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the newest versions of the image's packages in Debian's stable suite, its updates and its security updates. It runs the
 * machine's apt with a state of its own, and apt verifies the signature of each index.
 */
final class DebianIndex {

    /** The suite of the image. Its glibc must not be older than the one that the suite's JDK needs. */
    static final String SUITE = "trixie";

    /** Its release number, for scanners. */
    static final String RELEASE = "13";

    /** Each with its reason. */
    static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
            "libc6", "the C library and the dynamic loader",
            "zlib1g", "the JVM reads jars with it",
            "libstdc++6", "the JVM is written in C++",
            "libgcc-s1", "the JVM is written in C++",
            "gcc-14-base", "the licence of the two libraries of GCC",
            "ca-certificates", "the certificate authorities for TLS",
            "openjdk-25-jdk-headless", "the modules of the Java runtime, and their licences"));

    private static final String KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private final Path directory;
    private final String mirror;

    DebianIndex(Path cache, String mirror) {
        this.directory = cache.resolve("apt");
        this.mirror = mirror;
    }

    static boolean isSupported() {
        return Files.isExecutable(Path.of("/usr/bin/apt-get")) && Files.exists(Path.of(KEYS));
    }

    /** Downloads the indexes, and returns the newest version of each package for each architecture. */
    DebianLock newest() throws IOException {
        if (!isSupported()) {
            throw new IOException("This needs apt and the package debian-archive-keyring: run it on Debian or Ubuntu.");
        }
        for (String name : List.of("state/lists/partial", "cache/archives/partial")) {
            Files.createDirectories(directory.resolve(name));
        }
        Files.writeString(directory.resolve("status"), "");
        Files.writeString(directory.resolve("debian.sources"), """
                Types: deb
                URIs: %1$s/debian
                Suites: %2$s %2$s-updates
                Components: main
                Signed-By: %3$s

                Types: deb
                URIs: %1$s/debian-security
                Suites: %2$s-security
                Components: main
                Signed-By: %3$s
                """.formatted(mirror, SUITE, KEYS));
        run("apt-get", "update", "--error-on=any");
        List<Map<String, String>> stanzas = stanzas();
        List<DebianPackage> found = new ArrayList<>();
        for (ImageArch arch : ImageArch.values()) {
            for (String name : PACKAGES.keySet()) {
                found.add(find(stanzas, name, arch));
            }
        }
        return new DebianLock(Instant.now().truncatedTo(ChronoUnit.SECONDS), found);
    }

    /** Takes the path and the checksum from the signed index. */
    private static DebianPackage find(List<Map<String, String>> stanzas, String name, ImageArch arch)
            throws IOException {
        Map<String, String> fields = stanzas.stream()
                .filter(stanza -> name.equals(stanza.get("Package")))
                .filter(stanza -> List.of("all", arch.ociName()).contains(stanza.getOrDefault("Architecture", "")))
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "Debian " + SUITE + " has no package " + name + " for " + arch.ociName() + "."));
        String file = fields.getOrDefault("Filename", "");
        String root = file.startsWith("pool/updates/") ? "debian-security/" : "debian/";
        return new DebianPackage(
                name, fields.getOrDefault("Version", ""), arch, root + file, fields.getOrDefault("SHA256", ""));
    }

    /** The newest version of each package, in one call: apt reads its indexes again for each. */
    private List<Map<String, String>> stanzas() throws IOException {
        List<String> words = new ArrayList<>(List.of("show", "--no-all-versions"));
        for (ImageArch arch : ImageArch.values()) {
            PACKAGES.keySet().forEach(name -> words.add(name + ":" + arch.ociName()));
        }
        List<Map<String, String>> stanzas = new ArrayList<>();
        for (String stanza : run("apt-cache", words.toArray(String[]::new)).split("\n\n")) {
            Map<String, String> fields = new TreeMap<>();
            stanza.lines()
                    .filter(line -> line.matches("[A-Za-z0-9-]+: .*"))
                    .forEach(line -> fields.putIfAbsent(
                            line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2)));
            stanzas.add(fields);
        }
        return stanzas;
    }

    private String run(String program, String... words) throws IOException {
        List<String> options = Stream.of(
                        "Dir::Etc::SourceList=" + directory.resolve("debian.sources"),
                        "Dir::Etc::SourceParts=/dev/null",
                        "Dir::State=" + directory.resolve("state"),
                        "Dir::State::status=" + directory.resolve("status"),
                        "Dir::Cache=" + directory.resolve("cache"),
                        "APT::Architecture=amd64",
                        "APT::Architectures::=amd64",
                        "APT::Architectures::=arm64",
                        "APT::Sandbox::User=root",
                        "Acquire::Languages=none")
                .flatMap(option -> Stream.of("-o", option))
                .toList();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(options);
        command.addAll(List.of(words));
        return Commands.output(command);
    }
}
