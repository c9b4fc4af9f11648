package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.function.UnaryOperator;

/** Edits an object like {@code kubectl edit}: after a conflict it reads and writes again. */
public final class Edits {

    private static final int ATTEMPTS = 20;

    private Edits() {}

    /** Throws the last conflict after twenty attempts. */
    public static <T> void edit(Resource<T> resource, UnaryOperator<T> change) {
        for (int attempt = 1; ; attempt++) {
            try {
                resource.edit(change);
                return;
            } catch (KubernetesClientException conflict) {
                if (conflict.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                    throw conflict;
                }
            }
        }
    }
}
