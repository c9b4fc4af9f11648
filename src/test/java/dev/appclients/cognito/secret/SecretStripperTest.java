package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretStripperTest {

    private final SecretStripper view = new SecretStripper(new LeanValues(new Interner(64)));

    @Test
    void no_value_is_kept_not_even_in_the_annotation_of_kubectl() {
        Secret secret = Observed.secret("created");
        secret.setStringData(Map.of("client-secret", Requests.SECRET.reveal()));
        secret.getMetadata()
                .getAnnotations()
                .put("kubectl.kubernetes.io/last-applied-configuration", Requests.SECRET.reveal());

        assertThat(Serialization.asYaml(view.strip(secret)))
                .doesNotContain(secret.getData().get("client-secret"), Requests.SECRET.reveal());
    }

    @Test
    void metadata_for_the_cache_and_for_preconditions_is_kept() {
        Secret secret = Observed.secret("created");

        assertThat(view.strip(secret).getMetadata())
                .usingRecursiveComparison()
                .ignoringFields("managedFields", "creationTimestamp", "labels")
                .isEqualTo(secret.getMetadata());
        assertThat(view.strip(secret).getMetadata().getLabels()).containsOnlyKeys(Marks.CLIENT_UID);
    }

    @Test
    void labels_and_annotations_of_other_tools_are_removed() {
        Secret secret = Observed.secret("created");
        secret.getMetadata().getLabels().put("team", "shop");
        secret.getMetadata().getAnnotations().put("argocd.argoproj.io/tracking-id", "shop:/Secret:shop/web");

        ObjectMeta kept = view.strip(secret).getMetadata();

        assertThat(kept.getLabels()).containsOnlyKeys(Marks.CLIENT_UID);
        assertThat(kept.getAnnotations()).containsOnlyKeys(Marks.CLIENT, Marks.CLIENT_ID, Marks.INPUTS, Marks.VALUES);
    }

    @Test
    void managed_fields_keep_their_order_of_time_without_the_times() {
        Secret secret = Observed.secret("value-patched");
        List<ManagedFieldsEntry> entries = secret.getMetadata().getManagedFields();
        entries.get(0).setTime("2026-01-01T00:00:02Z");
        entries.get(1).setTime("2026-01-01T00:00:01Z");

        assertThat(view.strip(secret).getMetadata().getManagedFields())
                .allMatch(entry -> entry.getTime() == null)
                .extracting(ManagedFieldsEntry::getManager)
                .containsExactly(entries.get(1).getManager(), entries.get(0).getManager());
    }

    @Test
    void the_argument_is_not_changed() {
        Secret secret = Observed.secret("created");

        view.strip(secret);

        assertThat(secret).isEqualTo(Observed.secret("created"));
    }

    @Test
    void secrets_of_one_shape_share_their_managed_fields() {
        view.strip(Observed.secret("created"));

        assertThat(fields(view.strip(Observed.secret("created"))))
                .isSameAs(fields(view.strip(Observed.secret("created"))))
                .isNotSameAs(fields(view.strip(Observed.secret("value-patched"))));
    }

    private static Object fields(Secret secret) {
        return secret.getMetadata().getManagedFields();
    }
}
