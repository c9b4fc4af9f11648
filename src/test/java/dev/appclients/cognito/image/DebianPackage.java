package dev.appclients.cognito.image;

/**
 * One Debian package of the image.
 *
 * @param architecture of the image that contains it; a package for all architectures occurs once for each
 * @param path the file below the root of Debian's archive, for example {@code debian/pool/main/g/glibc/…}
 * @param sha256 in hexadecimal digits
 */
record DebianPackage(String name, String version, ImageArch architecture, String path, String sha256) {

    String line() {
        return String.join(" ", name, version, architecture.ociName(), path, sha256);
    }

    /** @throws IllegalArgumentException if the line has another form */
    static DebianPackage parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 5 || !words[4].matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not 'name version architecture path sha256': " + line);
        }
        return new DebianPackage(words[0], words[1], ImageArch.of(words[2]), words[3], words[4]);
    }

    /** A name for the file that differs for each version, architecture and content. */
    String cachedName() {
        return sha256.substring(0, 16) + "-" + path.substring(path.lastIndexOf('/') + 1);
    }
}
