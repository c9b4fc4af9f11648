package dev.appclients.cognito.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        assertThat(new ArrayList<>(members))
                .as("members in the SDK: teach Translation each one that is new, then put it into sdk-members.txt")
                .containsExactlyElementsOf(known);
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
