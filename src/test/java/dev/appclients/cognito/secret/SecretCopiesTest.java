package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretState.Current;
import dev.appclients.cognito.secret.SecretState.Foreign;
import dev.appclients.cognito.secret.SecretState.FormerOwner;
import dev.appclients.cognito.secret.SecretState.Inherited;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Copies, and the Secrets that a claim meets in their place. */
class SecretCopiesTest {

    private static final SecretOwner FORMER =
            SecretOwner.claim("team-c", "web-copy", "99999999-2222-3333-4444-555555555555");
    private static final SecretOwner NEIGHBOUR =
            SecretOwner.claim("team-c", "neighbour", "cccccccc-2222-3333-4444-555555555555");
    private static final SecretOwner BESIDE =
            SecretOwner.claim("shop", "second", "bbbbbbbb-2222-3333-4444-555555555555");
    private static final SecretRequest COPY = copyFor(Requests.CLAIM);

    @Test
    void a_copy_carries_the_marks_of_its_client_and_of_its_claim() {
        ObjectMeta metadata = Written.from(COPY).getMetadata();

        assertThat(metadata.getLabels())
                .containsOnlyKeys(Marks.MANAGED_BY, Marks.CLIENT_UID, Marks.CLAIM_UID)
                .containsEntry(Marks.CLIENT_UID, Requests.WEB.uid())
                .containsEntry(Marks.CLAIM_UID, Requests.CLAIM.uid());
        assertThat(metadata.getAnnotations())
                .containsOnlyKeys(Marks.CLIENT, Marks.CLIENT_ID, Marks.CLAIM, Marks.INPUTS)
                .containsEntry(Marks.CLIENT, "shop/web")
                .containsEntry(Marks.CLAIM, "team-c/web-copy");
        assertThat(metadata.getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getKind()).isEqualTo("ClientSecretClaim");
            assertThat(owner.getUid()).isEqualTo(Requests.CLAIM.uid());
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isFalse();
        });
    }

    @Test
    void the_id_of_the_client_secret_is_marked_once_it_is_known() {
        SecretRequest known = new SecretRequest(
                COPY.owner(), "web", true, true, COPY.source(), COPY.shape(), COPY.values(), true, 1, "id-1", null);

        assertThat(Written.from(known).getMetadata().getAnnotations()).containsEntry(Marks.CLIENT_SECRET_ID, "id-1");
        assertThat(SecretInspection.inspect(known, Written.from(COPY))).isEqualTo(new SecretState.Outdated("3abc"));
    }

    @Test
    void a_copy_is_the_claims_by_its_label_or_its_controller() {
        Secret copy = Written.from(COPY);
        assertThat(SecretInspection.inspect(COPY, copy)).isEqualTo(new Current());
        assertThat(SecretInspection.inspect(COPY, Written.stripped(copy))).isEqualTo(new Current());
        assertThat(SecretOwnership.ownerUid(Written.stripped(copy))).isEqualTo(Requests.CLAIM.uid());

        Secret unlabelled = Written.from(COPY);
        unlabelled.getMetadata().getLabels().remove(Marks.CLAIM_UID);
        assertThat(SecretInspection.inspect(COPY, unlabelled)).isInstanceOf(SecretState.Edited.class);
        Secret orphan = Written.from(COPY);
        orphan.getMetadata().setOwnerReferences(List.of());
        assertThat(SecretInspection.inspect(COPY, orphan)).isInstanceOf(SecretState.Edited.class);
    }

    /** A mutating policy sets it on every Secret of the target namespace. */
    @Test
    void a_label_outside_the_operators_prefix_is_no_edit_of_a_copy() {
        Secret copy = Written.from(COPY);
        copy.getMetadata().getLabels().put(Marks.MANAGED_BY, "platform");

        assertThat(SecretInspection.inspect(COPY, copy)).isEqualTo(new Current());
        assertThat(SecretInspection.inspect(COPY, Written.stripped(copy))).isEqualTo(new Current());
    }

    @Test
    void the_copy_of_a_former_claim_is_replaced_whatever_client_it_was_of() {
        Secret former = Written.from(copyFor(FORMER));
        former.getMetadata().getAnnotations().put(Marks.CLIENT_ID, "9xyz");
        assertThat(SecretInspection.inspect(COPY, former)).isEqualTo(new Inherited());

        former.getMetadata().setOwnerReferences(List.of());
        assertThat(SecretInspection.inspect(COPY, former)).isEqualTo(new Inherited());
        assertThat(SecretInspection.obstacle(Requests.CLAIM, former))
                .isInstanceOfSatisfying(
                        FormerOwner.class,
                        obstacle -> assertThat(obstacle.message()).doesNotContain("adopt"));
    }

    @Test
    void marks_of_a_former_claim_that_another_writer_made_replace_nothing() {
        Secret forged = Written.from(copyFor(FORMER));
        forged.getMetadata().setOwnerReferences(List.of());
        forged.getMetadata().getManagedFields().getFirst().setManager("kubectl-create");

        assertThat(SecretInspection.inspect(COPY, forged)).isInstanceOf(Foreign.class);
    }

    @Test
    void the_secret_of_another_owner_is_foreign_to_a_claim() {
        assertForeign(COPY, Written.from(copyFor(NEIGHBOUR)), "is controlled by ClientSecretClaim 'neighbour'");
        Secret orphan = Written.from(copyFor(NEIGHBOUR));
        orphan.getMetadata().setOwnerReferences(List.of());
        assertForeign(COPY, orphan, "belongs to ClientSecretClaim 'team-c/neighbour'");
        assertForeign(COPY, Written.from(Requests.web()), "is controlled by UserPoolClient 'web'");
        assertForeign(COPY, Written.from(Requests.web("3abc", false, 1)), "belongs to UserPoolClient 'shop/web'");
        assertForeign(COPY, Observed.secret("of-another-tool"), "but by field manager 'kubectl-create'");
    }

    /** It carries the UID of the client too. */
    @Test
    void a_copy_beside_its_client_is_not_the_clients_own() {
        Secret beside = Written.from(copyFor(BESIDE));
        assertForeign(Requests.web(), beside, "is controlled by ClientSecretClaim 'second'");
        beside.getMetadata().setOwnerReferences(List.of());
        assertForeign(Requests.web(), beside, "is a copy for ClientSecretClaim 'shop/second'");
        assertForeign(Requests.web(), Written.stripped(beside), "is a copy for ClientSecretClaim 'shop/second'");
        assertThat(SecretInspection.reusableSecret(Requests.web(), beside)).isNull();
    }

    @Test
    void the_label_of_a_claim_that_another_writer_set_hides_no_secret_of_a_client() {
        Secret own = Written.from(Requests.web("3abc", false, 1));
        own.getMetadata().getLabels().put(Marks.CLAIM_UID, "forged");

        assertThat(SecretOwnership.ownerUid(own)).isEqualTo(Requests.WEB.uid());
        assertThat(SecretInspection.obstacle(Requests.WEB, own)).isNull();
        assertThat(SecretOwnership.ownerUid(Observed.secret("of-another-tool"))).isNull();
    }

    @Test
    void a_copy_gives_no_value_because_only_the_source_does() {
        assertThat(SecretInspection.reusableSecret(COPY, Written.from(COPY))).isNull();
    }

    @Test
    void a_copy_of_another_client_is_rewritten_in_place() {
        SecretRequest other = new SecretRequest(
                Requests.CLAIM,
                "web",
                true,
                true,
                new SourceClient("dddddddd-2222-3333-4444-555555555555", "shop/other"),
                SecretShape.STANDARD,
                Requests.web("4def", true, 1).values(),
                true,
                1);

        assertThat(SecretInspection.inspect(other, Written.from(COPY))).isEqualTo(new SecretState.Outdated("3abc"));
    }

    private static SecretRequest copyFor(SecretOwner claim) {
        return Requests.copy(claim, SecretShape.STANDARD, 1);
    }

    private static void assertForeign(SecretRequest request, Secret observed, String fault) {
        assertThat(SecretInspection.inspect(request, observed))
                .isInstanceOfSatisfying(
                        Foreign.class, foreign -> assertThat(foreign.message()).contains(fault));
        assertThat(Objects.requireNonNull(SecretInspection.obstacle(request.owner(), observed)))
                .isInstanceOf(Foreign.class);
    }
}
