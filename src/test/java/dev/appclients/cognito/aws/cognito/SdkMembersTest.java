package dev.appclients.cognito.aws.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UpdateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** Notices members that an SDK upgrade adds or removes: an update resets members that the operator does not send. */
class SdkMembersTest {

    @Test
    void allMembersOfTheRequestsAndTheDescriptionAreKnown() throws IOException {
        TreeSet<String> members = new TreeSet<>();
        collect("CreateUserPoolClient", CreateUserPoolClientRequest.builder(), members);
        collect("UpdateUserPoolClient", UpdateUserPoolClientRequest.builder(), members);
        collect("UserPoolClientType", UserPoolClientType.builder(), members);

        List<String> known;
        try (InputStream list = SdkMembersTest.class.getResourceAsStream("sdk-members.txt")) {
            known = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(members)
                .as("members that the SDK no longer has: remove them from Translation and sdk-members.txt")
                .containsAll(known);
        assertThat(members)
                .filteredOn(member -> !known.contains(member))
                .as("members that are new in the SDK: map each in Translation, then add it to sdk-members.txt")
                .isEmpty();
    }

    /** A member of the description that no update carries must be read-only, otherwise an update resets it. */
    @Test
    void everyDescribedMemberIsInTheUpdateOrReadOnly() {
        TreeSet<String> described = new TreeSet<>();
        collect("", UserPoolClientType.builder(), described);
        TreeSet<String> written = new TreeSet<>();
        collect("", UpdateUserPoolClientRequest.builder(), written);

        described.removeAll(written);
        assertThat(described).containsExactly(".ClientSecret", ".CreationDate", ".LastModifiedDate");
    }

    private static void collect(String prefix, SdkPojo type, TreeSet<String> members) {
        for (SdkField<?> field : type.sdkFields()) {
            members.add(prefix + "." + field.memberName());
            if (field.constructor() != null) {
                collect(prefix + "." + field.memberName(), field.constructor().get(), members);
            }
        }
    }
}
