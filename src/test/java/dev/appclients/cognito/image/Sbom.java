package dev.appclients.cognito.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The components of the image in the format of CycloneDX, each with its licence. Maven's plugin describes the libraries. This adds the
 * Java runtime and the Debian packages, and keeps only the libraries that the package contains.
 */
final class Sbom {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** As SPDX expressions, from the copyright files of the packages. The image contains no other part of them. */
    private static final Map<String, String> DEBIAN_LICENCES = new TreeMap<>(Map.of(
            "libc6", "LGPL-2.1-or-later AND GPL-2.0-or-later AND BSD-3-Clause",
            "zlib1g", "Zlib",
            "libstdc++6", "GPL-3.0-or-later WITH GCC-exception-3.1",
            "libgcc-s1", "GPL-3.0-or-later WITH GCC-exception-3.1",
            "gcc-14-base", "GPL-3.0-or-later WITH GCC-exception-3.1",
            "ca-certificates", "MPL-2.0 AND GPL-2.0-or-later",
            "openjdk-25-jdk-headless", "GPL-2.0-only WITH Classpath-exception-2.0"));

    private final ObjectNode document;

    private Sbom(ObjectNode document) {
        this.document = document;
    }

    /** One component with the names of its licences. */
    record Component(String name, String version, Set<String> licences) {}

    /**
     * @param bom the file of Maven's plugin
     * @param libraries the file of Quarkus that lists the libraries of the package
     * @throws IOException if the plugin does not describe one of the libraries
     */
    static Sbom of(Path bom, Path libraries, Iterable<DebianPackage> packages, boolean base, Instant created)
            throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(bom.toFile());
        document.remove("serialNumber");
        ObjectNode metadata = (ObjectNode) document.path("metadata");
        metadata.put("timestamp", created.toString());
        Map<String, JsonNode> described = new HashMap<>();
        document.path("components").forEach(component -> described.put(coordinates(component), component));
        ArrayNode components = JSON.createArrayNode();
        Set<String> missing = new TreeSet<>();
        Set<String> kept = new TreeSet<>();
        kept.add(metadata.path("component").path("bom-ref").asText());
        for (String library : coordinates(libraries)) {
            JsonNode component = described.get(library);
            if (component == null) {
                missing.add(library);
            } else {
                components.add(component);
                kept.add(component.path("bom-ref").asText());
            }
        }
        if (!missing.isEmpty()) {
            throw new IOException(bom + " does not describe " + missing);
        }
        for (DebianPackage item : packages) {
            if (!base || item.name().startsWith("openjdk")) {
                components.add(component(item));
            }
        }
        document.set("components", components);
        keepDependencies(document, kept);
        return new Sbom(document);
    }

    private static void keepDependencies(ObjectNode document, Set<String> kept) {
        ArrayNode dependencies = JSON.createArrayNode();
        for (JsonNode dependency : document.path("dependencies")) {
            if (kept.contains(dependency.path("ref").asText())) {
                ObjectNode copy = JSON.createObjectNode()
                        .put("ref", dependency.path("ref").asText());
                ArrayNode on = copy.putArray("dependsOn");
                dependency.path("dependsOn").forEach(ref -> {
                    if (kept.contains(ref.asText())) {
                        on.add(ref.asText());
                    }
                });
                dependencies.add(copy);
            }
        }
        document.set("dependencies", dependencies);
    }

    private static String coordinates(JsonNode component) {
        return component.path("group").asText() + ":" + component.path("name").asText() + ":"
                + component.path("version").asText();
    }

    private static List<String> coordinates(Path libraries) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line : Files.readAllLines(libraries)) {
            if (!line.isBlank()) {
                // group:artifact:classifier:type:version
                String[] words = line.strip().split(":");
                all.add(words[0] + ":" + words[1] + ":" + words[4]);
            }
        }
        return all;
    }

    private static ObjectNode component(DebianPackage item) {
        String purl = "pkg:deb/debian/" + item.name() + "@" + item.version() + "?arch="
                + item.architecture().ociName() + "&distro=debian-" + DebianIndex.RELEASE;
        ObjectNode component = JSON.createObjectNode()
                .put("type", "library")
                .put("bom-ref", purl)
                .put("name", item.name())
                .put("version", item.version())
                .put("description", DebianIndex.PACKAGES.getOrDefault(item.name(), ""))
                .put("purl", purl);
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", item.sha256());
        String licence = DEBIAN_LICENCES.get(item.name());
        if (licence != null) {
            component.putArray("licenses").addObject().put("expression", licence);
        }
        return component;
    }

    /** The components in order. */
    List<Component> components() {
        List<Component> all = new ArrayList<>();
        document.path("components").forEach(component -> {
            Set<String> licences = new TreeSet<>();
            component.path("licenses").forEach(licence -> {
                JsonNode one = licence.path("license");
                licences.add(
                        licence.has("expression")
                                ? licence.path("expression").asText()
                                : one.path(one.has("id") ? "id" : "name").asText());
            });
            licences.remove("");
            String group = component.path("group").asText("");
            String name = component.path("name").asText();
            all.add(new Component(
                    group.isEmpty() ? name : group + ":" + name,
                    component.path("version").asText(),
                    licences));
        });
        return all;
    }

    String json() throws IOException {
        return JSON.writeValueAsString(document) + "\n";
    }

    /** One line for each component, and where the texts of the licences are. */
    String thirdParty() {
        StringBuilder text = new StringBuilder("""
                The image of the Cognito Client Operator contains these components of third parties.
                The texts of their licences are in META-INF of each jar below /opt/cognito-client-operator/lib, in
                /opt/java/legal for the Java runtime, and in /usr/share/doc/<package>/copyright for Debian's packages.
                The component list with checksums is sbom.cdx.json beside this file.

                """);
        for (Component component : components()) {
            text.append(component.name())
                    .append(' ')
                    .append(component.version())
                    .append(": ")
                    .append(String.join(" | ", component.licences()))
                    .append('\n');
        }
        return text.toString();
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("sbom.cdx.json"), json().getBytes(StandardCharsets.UTF_8));
        Files.writeString(directory.resolve("THIRD-PARTY"), thirdParty());
    }
}
