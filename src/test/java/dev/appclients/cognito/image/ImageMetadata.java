package dev.appclients.cognito.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Describes the image. Every value comes from the project or its commit, so two builds of one commit have the same.
 *
 * @param revision the commit, with {@code -dirty} if the work tree differs; null outside a repository
 * @param created the time of the commit, otherwise the one in SOURCE_DATE_EPOCH, otherwise one second after the epoch
 */
record ImageMetadata(
        String title,
        String description,
        String version,
        @Nullable String revision,
        Instant created) {

    private static final String PREFIX = "org.opencontainers.image.";
    private static final String SOURCE_DATE = "SOURCE_DATE_EPOCH";

    static ImageMetadata of(Path project) throws IOException {
        Element pom = pom(project.resolve("pom.xml")).getDocumentElement();
        return new ImageMetadata(
                child(pom, "artifactId"),
                child(pom, "description"),
                child(pom, "version"),
                revision(project),
                created(project));
    }

    String tag() {
        return title + ":" + version;
    }

    Map<String, String> labels(@Nullable String base) {
        Map<String, String> labels = new TreeMap<>(Map.of(
                PREFIX + "title", title,
                PREFIX + "description", description,
                PREFIX + "version", version,
                PREFIX + "licenses", "Apache-2.0",
                PREFIX + "created", created.toString()));
        if (revision != null) {
            labels.put(PREFIX + "revision", revision);
        }
        if (base != null) {
            labels.put(
                    PREFIX + "base.name", Path.of(base).getFileName().toString().endsWith(".tar") ? "archive" : base);
        }
        return labels;
    }

    private static @Nullable String revision(Path project) {
        try {
            String commit = git(project, "rev-parse", "HEAD");
            return git(project, "status", "--porcelain").isEmpty() ? commit : commit + "-dirty";
        } catch (IOException noRepository) {
            return null;
        }
    }

    private static Instant created(Path project) {
        String given = System.getenv(SOURCE_DATE);
        if (given != null) {
            return Instant.ofEpochSecond(Long.parseLong(given));
        }
        try {
            return OffsetDateTime.parse(git(project, "log", "-1", "--format=%cI"))
                    .toInstant();
        } catch (IOException noRepository) {
            return ImageLayer.TIME;
        }
    }

    private static String git(Path project, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", project.toString()));
        command.addAll(List.of(words));
        return Commands.output(command).strip();
    }

    private static Document pom(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(file));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " was not read.", e);
        }
    }

    private static String child(Element parent, String name) throws IOException {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        throw new IOException("The pom has no " + name + ".");
    }
}
