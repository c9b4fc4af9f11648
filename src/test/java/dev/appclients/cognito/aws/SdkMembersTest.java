package dev.appclients.cognito.aws;

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

/** An SDK upgrade that brings a member, or takes one away, must not go unnoticed: an update would reset it. */
class SdkMembersTest {

    @Test
    void everyMemberOfTheRequestsAndTheDescriptionIsOneThatWeKnow() throws IOException {
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
                .as("members that the SDK has lost: take them out of Translation and sdk-members.txt")
                .containsAll(known);
        assertThat(members)
                .filteredOn(member -> !known.contains(member))
                .as("members that are new in the SDK: teach Translation each one, then put it into sdk-members.txt")
                .isEmpty();
    }

    /** What the service shows of a client and an update cannot carry is read-only, or an update would reset it. */
    @Test
    void whatIsDescribedIsCarriedByEveryUpdateOrReadOnly() {
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
