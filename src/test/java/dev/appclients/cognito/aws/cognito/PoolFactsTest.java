package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.CognitoAppClientsTest.failure;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.simulator.UserPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolFactsTest {

    private static final String PREFIX_HOST = "shop.auth.eu-west-1.amazoncognito.com";

    private final SimulatedCognito cognito = new SimulatedCognito();
    private final UserPool pool = cognito.simulator.pool(SHOP.value());

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void theFactsHaveTheArnTheTierAndTheAttributes() {
        pool.tier("PLUS").attribute("custom:tenant", true, false);
        PoolFacts facts = facts(null);
        assertThat(facts.arn().value()).isEqualTo(pool.arn());
        assertThat(facts.tier()).isEqualTo("PLUS");
        assertThat(facts.attributes().names()).contains("email", "custom:tenant");
        assertThat(facts.domain()).isNull();
    }

    @Test
    void theFactsHaveTheRequiredAndTheMutableAttributes() {
        pool.attribute("email", true, true).attribute("nickname", false, true).attribute("custom:fixed", false, false);
        PoolFacts facts = facts(null);

        assertThat(facts.attributes().required()).containsExactly("email", "nickname", "sub");
        assertThat(facts.attributes().mutable()).contains("email").doesNotContain("nickname", "sub", "custom:fixed");
    }

    @ParameterizedTest
    @CsvSource({
        ", https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop",
        "ORIGINAL, https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop",
        "UPDATED, https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop"
    })
    void theIssuerFollowsTheIssuerType(@Nullable String type, String issuer) {
        if (type != null) {
            pool.issuerType(type);
        }
        assertThat(facts(null).issuer()).isEqualTo(issuer);
    }

    @Test
    void anUnknownIssuerTypeIsAFailure() {
        pool.issuerType("LUNAR");
        assertThat(failure(() -> facts(null)).message()).contains("LUNAR", "Upgrade the operator");
    }

    @Test
    void aPrefixDomainIsUsedWithItsLoginVersion() {
        pool.prefixDomain("shop", 1);
        assertThat(facts(null).domain()).isEqualTo(new PoolDomain(PREFIX_HOST, 1));
    }

    @Test
    void prefixDomainsOfGovCloudHaveAnotherHost() {
        PoolId gov = new PoolId("us-gov-west-1_Shop");
        cognito.simulator.pool(gov.value()).prefixDomain("bureau");
        assertThat(cognito.appClients
                        .describePool(new PoolAccess(gov, null, null, null), null)
                        .domain())
                .isEqualTo(new PoolDomain("bureau.auth-fips.us-gov-west-1.amazoncognito.com", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTIVE", "UPDATING"})
    void aServingCustomDomainIsPreferredToThePrefixDomain(String status) {
        pool.prefixDomain("shop").customDomain("auth.example.com", status);
        assertThat(facts(null).domain()).isEqualTo(new PoolDomain("auth.example.com", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATING", "DELETING", "FAILED"})
    void aCustomDomainThatDoesNotServeIsNotUsed(String status) {
        pool.customDomain("auth.example.com", status);
        assertThat(facts(null).domain()).isNull();
        pool.prefixDomain("shop");
        assertThat(facts(null).domain()).isEqualTo(new PoolDomain(PREFIX_HOST, 2));

        Failure failure = failure(() -> facts("auth.example.com"));
        assertThat(failure.kind()).isEqualTo(FailureKind.DEPENDENCY_MISSING);
        assertThat(failure.message()).contains("auth.example.com", status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", PREFIX_HOST})
    void thePreferredDomainIsUsed(String preferred) {
        pool.prefixDomain("shop").customDomain("auth.example.com", "ACTIVE");
        assertThat(facts(preferred).domain()).isEqualTo(new PoolDomain(PREFIX_HOST, 2));
    }

    @Test
    void aPreferredDomainThatThePoolLacksIsAFailureThatNamesThePoolsDomains() {
        pool.prefixDomain("shop");
        Failure failure = failure(() -> facts("auth.example.com"));
        assertThat(failure.kind()).isEqualTo(FailureKind.DEPENDENCY_MISSING);
        assertThat(failure.message()).contains("auth.example.com", PREFIX_HOST);
    }

    @Test
    void theFactsAreReadWithoutThePermissionToDescribeDomains() {
        cognito.simulator.access().deny("*", "cognito-idp:DescribeUserPoolDomain", "*");
        pool.customDomain("auth.example.com", "ACTIVE");
        assertThat(facts(null).domain()).isEqualTo(new PoolDomain("auth.example.com", null));
        pool.prefixDomain("shop");
        assertThat(facts(null).domain()).isEqualTo(new PoolDomain(PREFIX_HOST, null));
        assertThat(facts("auth.example.com").domain()).isEqualTo(new PoolDomain("auth.example.com", null));
    }

    private PoolFacts facts(@Nullable String preferredDomain) {
        return cognito.appClients.describePool(access(null), preferredDomain);
    }
}
