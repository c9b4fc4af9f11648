package dev.appclients.cognito.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** The Java runtime of the image: only the modules that the operator needs, linked from the modules of Debian's JDK. */
final class JavaRuntime {

    private static final Set<String> PROGRAMS = Set.of("java");

    private JavaRuntime() {}

    /**
     * Links the runtime. The jlink of this JVM can link modules of another architecture and of another update of the same release.
     *
     * @param modules the directory of the jmod files
     * @param authorities the certificates that the runtime trusts
     * @param runtime a directory that does not exist yet
     */
    static void link(Path modules, List<Path> authorities, Path runtime) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new IOException("This JVM has no jlink: use a complete JDK 25."));
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code = jlink.run(
                writer,
                writer,
                "--module-path",
                modules.toString(),
                "--add-modules",
                RuntimeModules.argument(),
                "--output",
                runtime.toString(),
                // The layers are compressed, and classes of an uncompressed file load faster.
                "--compress=zip-0",
                "--vm=server",
                "--no-header-files",
                "--no-man-pages");
        if (code != 0) {
            throw new IOException("jlink ended with code " + code + ": " + output);
        }
        try (Stream<Path> programs = Files.list(runtime.resolve("bin"))) {
            for (Path program : programs.toList()) {
                if (!PROGRAMS.contains(program.getFileName().toString())) {
                    Files.delete(program);
                }
            }
        }
        trust(authorities, runtime.resolve("lib/security/cacerts"));
    }

    /** Writes a key store without password, whose bytes depend only on the certificates. */
    private static void trust(List<Path> authorities, Path file) throws IOException {
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            CertificateFactory certificates = CertificateFactory.getInstance("X.509");
            for (Path authority : authorities) {
                try (InputStream bytes = Files.newInputStream(authority)) {
                    String name = authority.getFileName().toString().replaceFirst("\\.crt$", "");
                    store.setCertificateEntry(name, certificates.generateCertificate(bytes));
                }
            }
            Files.delete(file);
            try (OutputStream bytes = Files.newOutputStream(file)) {
                store.store(bytes, new char[0]);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("The trust store was not written.", e);
        } finally {
            System.clearProperty("keystore.pkcs12.certProtectionAlgorithm");
            System.clearProperty("keystore.pkcs12.macAlgorithm");
        }
    }
}
