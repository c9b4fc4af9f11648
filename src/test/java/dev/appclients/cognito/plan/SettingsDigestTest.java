package dev.appclients.cognito.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsDigestTest {

    private static final String FULL = """
            appType: Other
            generateSecret: true
            clientName: Web shop
            explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
            accessTokenValidity: 30m
            allowedOAuthFlows: [code]
            allowedOAuthScopes: [openid, orders/read]
            callbackURLs: ["https://shop.example.com/callback"]
            analyticsConfiguration: {applicationARN: "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/a"}
            """;

    /** Stands in the status of every client: another digest for the same settings makes every client be looked at anew. */
    @Test
    void isTheSameInEveryProcessAndVersion() {
        assertThat(SettingsDigest.of(Specs.desired(FULL))).isEqualTo("bfb6a921152f61b8");
    }

    @Test
    void differsWithEverySetting() {
        List<String> variants = List.of(
                FULL,
                FULL.replace("Web shop", "Shop"),
                FULL.replace("30m", "31m"),
                FULL.replace("[code]", "[implicit]"),
                FULL.replace("orders/read", "orders/write"),
                FULL.replace("/callback", "/"),
                FULL.replace("apps/a", "apps/b"),
                FULL + "readAttributes: [email]\n",
                FULL.replace("generateSecret: true", "generateSecret: false"));

        assertThat(variants.stream().map(Specs::desired).map(SettingsDigest::of))
                .doesNotHaveDuplicates();
    }

    @Test
    void hasNoOpinionOnHowTheSameIsWritten() {
        assertThat(SettingsDigest.of(Specs.desired(FULL.replace("30m", "1800s"))))
                .isEqualTo(SettingsDigest.of(Specs.desired(FULL)));
    }
}
