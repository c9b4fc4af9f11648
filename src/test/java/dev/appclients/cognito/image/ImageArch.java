package dev.appclients.cognito.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A processor architecture of the image, with the names that OCI, Debian and the JDK use. */
public enum ImageArch {
    AMD64("x86_64-linux-gnu", "lib64/ld-linux-x86-64.so.2", "amd64", ElfFile.X86_64),
    ARM64("aarch64-linux-gnu", "lib/ld-linux-aarch64.so.1", "aarch64", ElfFile.AARCH64);

    private final String libraries;
    private final String loader;
    private final String systemProperty;
    private final int elfMachine;

    ImageArch(String libraries, String loader, String systemProperty, int elfMachine) {
        this.libraries = libraries;
        this.loader = loader;
        this.systemProperty = systemProperty;
        this.elfMachine = elfMachine;
    }

    /** The name in OCI platforms and in Debian's packages. */
    public String ociName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The directory of the libraries below {@code usr/lib} of a Debian package. */
    String libraries() {
        return libraries;
    }

    /** The path of the dynamic loader that executables contain. */
    String loader() {
        return loader;
    }

    /** The number of the architecture in executables. */
    int elfMachine() {
        return elfMachine;
    }

    /** Whether this machine executes programs of this architecture. */
    public boolean isThisMachine() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals(systemProperty);
    }

    /** @throws IllegalStateException if no image is built for this machine */
    public static ImageArch thisMachine() {
        return Arrays.stream(values())
                .filter(ImageArch::isThisMachine)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No image is built for the architecture of this machine."));
    }

    /** @throws IllegalArgumentException for an unknown name; the message lists the known ones */
    static ImageArch of(String name) {
        return Arrays.stream(values())
                .filter(arch -> arch.ociName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The architecture '" + name
                        + "' is unknown. Choose from "
                        + Arrays.stream(values()).map(ImageArch::ociName).collect(Collectors.joining(", ")) + "."));
    }
}
