package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretViewTest {

    private final SecretView view = new SecretView();

    @Test
    void no_value_is_kept_not_even_the_copy_that_kubectl_leaves() {
        Secret secret = Observed.secret("created");
        secret.setStringData(Map.of("client-secret", Requests.SECRET.reveal()));
        secret.getMetadata()
                .getAnnotations()
                .put("kubectl.kubernetes.io/last-applied-configuration", Requests.SECRET.reveal());

        assertThat(Serialization.asYaml(view.strip(secret)))
                .doesNotContain(secret.getData().get("client-secret"), Requests.SECRET.reveal());
    }

    @Test
    void what_the_cache_and_a_precondition_need_is_kept() {
        Secret secret = Observed.secret("created");

        assertThat(view.strip(secret).getMetadata())
                .usingRecursiveComparison()
                .ignoringFields("managedFields")
                .isEqualTo(secret.getMetadata());
    }

    @Test
    void the_object_that_came_in_is_left_as_it_is() {
        Secret secret = Observed.secret("created");

        view.strip(secret);

        assertThat(secret).isEqualTo(Observed.secret("created"));
    }

    @Test
    void secrets_of_one_shape_share_their_managed_fields() {
        assertThat(keys(view.strip(Observed.secret("created"))))
                .isSameAs(keys(view.strip(Observed.secret("created"))))
                .isNotSameAs(keys(view.strip(Observed.secret("value-patched"))));
    }

    private static Object keys(Secret secret) {
        return FieldTree.of(secret.getMetadata().getManagedFields().getFirst()).get("f:data");
    }
}
