package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyNamesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // own created, own UID, other created, other UID, owner of the Secret, taken
                "10:00, a, 10:00, b, -, false",
                "10:00, b, 10:00, a, -, true",
                "10:01, a, 10:00, b, -, true",
                "10:00, b, 10:01, a, -, false",
                "10:01, a, 10:00, b, a, false",
                "10:00, a, 10:01, b, b, true",
                "10:00, a, 10:01, b, stranger, false",
                "10:01, a, 10:00, b, stranger, true"
            })
    void anExistingSecretStaysWithItsOwnerAndElseTheFirstHasTheName(
            String created, String uid, String otherCreated, String otherUid, @Nullable String owner, boolean taken) {
        ClientSecretClaim claim = at(new ClientSecretClaim(), created, uid);
        HasMetadata otherClaim = at(new ClientSecretClaim(), otherCreated, otherUid);
        HasMetadata client = at(new UserPoolClient(), otherCreated, otherUid);

        assertThat(CopyNames.other(claim, List.of(claim, otherClaim), owner).isPresent())
                .isEqualTo(taken);
        assertThat(CopyNames.other(claim, List.of(client, claim), owner).isPresent())
                .isEqualTo(taken);
    }

    private static <T extends HasMetadata> T at(T object, String time, String uid) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName(uid)
                .withUid(uid)
                .withCreationTimestamp("2026-11-28T" + time + ":00Z")
                .build());
        return object;
    }
}
