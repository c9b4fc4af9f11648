package dev.appclients.cognito.image;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The modules of the Java runtime, and the modules that the operator's jars name but do not need. Each has a reason. */
final class RuntimeModules {

    /** Without the modules that these require. */
    static final Map<String, String> INCLUDED = new TreeMap<>(Map.ofEntries(
            Map.entry("java.base", "every program"),
            Map.entry("java.logging", "JBoss LogManager extends it"),
            Map.entry("java.management", "the metrics of the JVM, the limit of the heap"),
            Map.entry("java.naming", "Netty, Vert.x and the TLS checks of host names use JNDI names"),
            Map.entry(
                    "java.security.jgss",
                    "the AWS SDK's HTTP client registers its authentication schemes, one of them Kerberos"),
            Map.entry("java.sql", "Jackson and Micrometer load classes that have its types in their signatures"),
            Map.entry("java.xml", "the AWS SDK reads the answers of STS, which are XML"),
            Map.entry(
                    "jdk.management",
                    "the memory limit of the container, the processor time, the notifications of the collector"),
            Map.entry("jdk.naming.dns", "Netty asks its JNDI provider, which no class names, for the name servers"),
            Map.entry("jdk.net", "the AWS SDK's HTTP client sets socket options for keep-alive"),
            Map.entry("jdk.unsupported", "Netty, JCTools and JBoss Threads use sun.misc.Unsafe"),
            Map.entry("jdk.zipfs", "Quarkus opens its jars as file systems, through a service that no class names")));

    /** Named by a class of a jar, but never loaded by the operator. */
    static final Map<String, String> OMITTED = new TreeMap<>(Map.of(
            "java.compiler", "annotation processors, and Vert.x for verticles in source form",
            "java.desktop", "JavaBeans: Jackson, SnakeYAML and EL check whether it exists",
            "java.rmi", "a cause of a transaction's failure; the operator has no transactions",
            "jdk.compiler", "the code generator of Vert.x, at build time only"));

    private RuntimeModules() {}

    /** For {@code jlink --add-modules}. */
    static String argument() {
        return String.join(",", new TreeSet<>(INCLUDED.keySet()));
    }
}
