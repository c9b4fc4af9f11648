package dev.appclients.cognito.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The paths, the command and the environment of the image. */
final class ImageLayout {

    static final String HOME = "/opt/cognito-client-operator";
    static final String JAVA = "/opt/java";
    static final String CACHE = HOME + "/app.aot";
    static final String DOCUMENTS = "/usr/share/doc/cognito-client-operator";
    static final int PORT = 8080;

    private ImageLayout() {}

    /** @param options of the JVM, after those of the image */
    static List<String> command(List<String> options) {
        List<String> words = new ArrayList<>(List.of(JAVA + "/bin/java", "@" + HOME + "/jvm.options"));
        words.addAll(options);
        words.addAll(List.of("-jar", HOME + "/quarkus-run.jar"));
        return words;
    }

    /** @param cache whether the image contains an AOT cache */
    static List<String> entrypoint(boolean cache) {
        return command(cache ? List.of("-XX:AOTCache=" + CACHE) : List.of());
    }

    static Map<String, String> environment() {
        return new TreeMap<>(Map.of("JAVA_HOME", JAVA, "PATH", JAVA + "/bin", "LANG", "C.UTF-8", "HOME", "/tmp"));
    }
}
