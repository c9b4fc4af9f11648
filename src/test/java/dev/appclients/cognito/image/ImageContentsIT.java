package dev.appclients.cognito.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of the image: its layers, settings, licences and libraries. */
class ImageContentsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final ImageArch ARCH = ImageArch.thisMachine();
    private static final ImageArch OTHER = ARCH == ImageArch.AMD64 ? ImageArch.ARM64 : ImageArch.AMD64;
    private static final int AT_MOST_MIB = 150;

    private final UnpackedImage image = UnpackedImage.ofThisBuild();
    private final Path archive = ImageBuild.upToDate(PROJECT);

    @TempDir
    private Path directory;

    @Test
    void theSettingsAreThoseOfTheDeployment() throws IOException {
        JsonNode config = new OciArchive(archive).config();
        JsonNode settings = config.path("config");

        assertThat(settings.path("User").asText()).isEqualTo("65532:65532");
        assertThat(settings.path("ExposedPorts").has("8080/tcp")).isTrue();
        assertThat(config.path("os").asText()).isEqualTo("linux");
        assertThat(settings.path("Labels").properties().stream().map(Map.Entry::getKey))
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.description",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.licenses",
                        "org.opencontainers.image.created");
        assertThat(image.entrypoint())
                .startsWith("/opt/java/bin/java", "@/opt/cognito-client-operator/jvm.options")
                .contains("-XX:AOTCache=/opt/cognito-client-operator/app.aot");
    }

    @Test
    void theLayersThatChangeLeastComeFirst() throws IOException {
        List<Set<String>> contents = new ArrayList<>();
        OciArchive oci = new OciArchive(archive);
        for (String layer : oci.layers()) {
            Set<String> names = new TreeSet<>();
            oci.entries(layer, (entry, bytes) -> names.add(entry.getName().replaceFirst("^/", "")));
            contents.add(names);
        }

        String home = "opt/cognito-client-operator/";
        assertThat(contents).hasSize(5);
        assertThat(contents.get(0)).contains("etc/passwd", "etc/ssl/certs/ca-certificates.crt", ARCH.loader());
        assertThat(contents.get(1))
                .contains("opt/java/bin/java", "opt/java/lib/modules", "opt/java/lib/security/cacerts");
        assertThat(contents.get(2))
                .anyMatch(name -> name.startsWith(home + "lib/main/"))
                .noneMatch(name -> name.contains("/app/"));
        assertThat(contents.get(3)).contains(home + "app.aot");
        assertThat(contents.get(4)).contains(home + "quarkus-run.jar", home + "jvm.options");
        assertThat(image.compressedMebibytes()).isLessThan(AT_MOST_MIB);
    }

    @Test
    void everyFileBelongsToRootAndIsReadableByTheUser() throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        OciArchive oci = new OciArchive(archive);
        for (String layer : oci.layers()) {
            oci.entries(layer, (entry, bytes) -> entries.add(entry));
        }

        assertThat(entries).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.getLongUserId() + ":" + entry.getLongGroupId()).isEqualTo("0:0");
            int wanted = entry.isDirectory() ? 0005 : 0004;
            assertThat(entry.getMode() & wanted).as(entry.getName()).isEqualTo(wanted);
            assertThat(entry.getMode() & 06000)
                    .as("setuid of %s", entry.getName())
                    .isZero();
            if (!entry.getName().matches("/?tmp/")) {
                assertThat(entry.getMode() & 0022).as(entry.getName()).isZero();
            }
        });
        assertThat(entries).noneMatch(entry -> entry.getName().matches(".*/(ba|da)?sh"));
    }

    @Test
    void anotherArchiveOfTheSameLayersIsEqual() throws IOException {
        Path again =
                ImageBuild.exclusively(PROJECT, () -> ImageBuild.writtenAgain(PROJECT, directory.resolve("again.tar")));

        assertThat(DebianStore.sha256(again)).isEqualTo(DebianStore.sha256(archive));
    }

    @Test
    void anOciArchiveCanBeTheBase() throws IOException {
        Path layers = ImageBuild.layers(PROJECT, ARCH);
        Path base = directory.resolve("base.tar");
        small(null, new ImageLayer("root", layers.resolve("root"))).write(base);
        Path derived = directory.resolve("derived.tar");
        small(base.toString(), new ImageLayer("operator", layers.resolve("operator")))
                .write(derived);

        JsonNode config = new OciArchive(derived).config();
        assertThat(config.path("rootfs").path("diff_ids")).hasSize(2);
        assertThat(config.path("rootfs").path("diff_ids").path(0))
                .isEqualTo(new OciArchive(base)
                        .config()
                        .path("rootfs")
                        .path("diff_ids")
                        .path(0));
        assertThat(config.path("config").path("Entrypoint").path(0).asText()).isEqualTo("/opt/java/bin/java");
    }

    private ImageArchive small(@Nullable String base, ImageLayer layer) {
        return new ImageArchive(
                base, ARCH, "small:1", List.of(layer), false, Map.of(), ImageLayer.TIME, directory.resolve("jib"));
    }

    @Test
    void everyLibraryThatAFileNeedsIsInTheImage() throws IOException {
        assertLibraries(image.root(), ARCH);
    }

    @Test
    void theImageForAnotherArchitectureHasItsLibrariesAndNoCache() throws IOException {
        Path other = UnpackedImage.builtOrSkipped(() -> ImageBuild.exclusively(
                PROJECT, () -> new ImageBuild(PROJECT, ImageOptions.DEFAULT, OTHER, System.err).run()));
        UnpackedImage unpacked = UnpackedImage.unpack(other, directory.resolve("other"));

        assertThat(new OciArchive(other).config().path("architecture").asText()).isEqualTo(OTHER.ociName());
        assertThat(unpacked.entrypoint()).noneMatch(word -> word.contains("AOTCache"));
        assertLibraries(unpacked.root(), OTHER);
    }

    private static void assertLibraries(Path root, ImageArch arch) throws IOException {
        Map<String, ElfFile> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Optional<ElfFile> elf = ElfFile.read(file);
                elf.ifPresent(found -> files.put(file.getFileName().toString(), found));
            }
        }
        assertThat(files).containsKeys("java", "libjvm.so", "libc.so.6").allSatisfy((name, elf) -> {
            assertThat(elf.machine()).as(name).isEqualTo(arch.elfMachine());
            assertThat(files.keySet()).as("the libraries of %s", name).containsAll(elf.needed());
        });
    }

    @Test
    void everyComponentHasALicence() throws IOException {
        Path documents = image.root().resolve("usr/share/doc/cognito-client-operator");
        JsonNode sbom = JSON.readTree(documents.resolve("sbom.cdx.json").toFile());
        Set<String> jars = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(image.root().resolve("opt/cognito-client-operator/lib"))) {
            tree.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .forEach(jars::add);
        }
        Set<String> described = new TreeSet<>();
        sbom.path("components").forEach(component -> {
            String name = component.path("name").asText() + "-"
                    + component.path("version").asText();
            described.add(component.has("group") ? component.path("group").asText() + "." + name + ".jar" : name);
            assertThat(component.path("licenses")).as("the licence of %s", name).isNotEmpty();
        });

        assertThat(described).containsAll(jars).anyMatch(name -> name.startsWith("libc6-"));
        assertThat(Files.readAllLines(documents.resolve("THIRD-PARTY")))
                .hasSizeGreaterThan(jars.size())
                .noneMatch(line -> line.endsWith(": "));
        assertThat(image.root().resolve("usr/share/doc/libc6/copyright")).isNotEmptyFile();
        assertThat(image.root().resolve("opt/java/legal/java.base/LICENSE")).isNotEmptyFile();
        assertThat(documents.resolve("LICENSE")).hasSameTextualContentAs(PROJECT.resolve("LICENSE"));
    }

    @Test
    void everyModuleThatAClassNamesIsIncludedOrOmittedForAReason() throws IOException {
        Map<String, String> modules = new HashMap<>();
        ModuleFinder.ofSystem()
                .findAll()
                .forEach(module -> module.descriptor()
                        .packages()
                        .forEach(name -> modules.put(name, module.descriptor().name())));
        Set<String> named = new TreeSet<>();
        try (Stream<Path> tree = Files.walk(image.root().resolve("opt/cognito-client-operator"))) {
            for (Path jar :
                    tree.filter(path -> path.toString().endsWith(".jar")).toList()) {
                packagesNamedIn(jar).stream()
                        .map(modules::get)
                        .filter(name -> name != null)
                        .forEach(named::add);
            }
        }
        Set<String> explained = new TreeSet<>(RuntimeModules.INCLUDED.keySet());
        explained.addAll(RuntimeModules.OMITTED.keySet());

        assertThat(named).isSubsetOf(explained);
        assertThat(named).containsAll(RuntimeModules.OMITTED.keySet());
    }

    private static Set<String> packagesNamedIn(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class")) {
                    byte[] bytes = file.getInputStream(entry).readAllBytes();
                    for (PoolEntry constant : ClassFile.of().parse(bytes).constantPool()) {
                        if (constant instanceof ClassEntry type) {
                            String name = type.asInternalName().replaceFirst("^\\[+L?", "");
                            names.add(name.substring(0, Math.max(0, name.lastIndexOf('/')))
                                    .replace('/', '.'));
                        }
                    }
                }
            }
        }
        return names;
    }
}
