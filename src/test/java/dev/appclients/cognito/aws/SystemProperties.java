package dev.appclients.cognito.aws;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** System properties for the duration of a test, in place of environment variables. */
public final class SystemProperties implements AutoCloseable {

    private final Map<String, String> before = new HashMap<>();

    public SystemProperties set(String name, String value) {
        // An unset property is null, which putIfAbsent would take for no entry.
        if (!before.containsKey(name)) {
            before.put(name, System.getProperty(name));
        }
        System.setProperty(name, value);
        return this;
    }

    /**
     * The settings of each pod of the operator, without credentials.
     *
     * @param directory without a credentials file
     */
    public SystemProperties ofAPod(URI endpoint, Path directory) {
        return set("aws.endpointUrl", endpoint.toString())
                .set("aws.disableEc2Metadata", "true")
                .set("aws.region", "eu-west-1")
                .set("aws.sharedCredentialsFile", directory.resolve("none").toString());
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
