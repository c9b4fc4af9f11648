package dev.appclients.cognito.aws;

import java.util.HashMap;
import java.util.Map;

/** System properties for the length of a test: what environment variables are to the operator. */
final class SystemProperties implements AutoCloseable {

    private final Map<String, String> before = new HashMap<>();

    SystemProperties set(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
        return this;
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
