package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DomainStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ProviderDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SchemaAttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolDescriptionType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolTierType;

/** The resources that a client refers to: the pool, its domains, resource servers and identity providers. */
class PoolTest extends WithSimulator {

    @Test
    void aPoolIsDescribedWithTheFactsThatClientsDependOn() {
        simulator
                .pool(Sdk.POOL)
                .tier("PLUS")
                .issuerType("UPDATED")
                .prefixDomain("shop")
                .customDomain("auth.example.com", "CREATING");

        var pool = cognito.describeUserPool(r -> r.userPoolId(Sdk.POOL)).userPool();

        assertThat(pool.arn()).isEqualTo("arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shop");
        assertThat(pool.userPoolTier()).isEqualTo(UserPoolTierType.PLUS);
        assertThat(pool.issuerConfiguration().typeAsString()).isEqualTo("UPDATED");
        assertThat(pool.domain()).isEqualTo("shop");
        assertThat(pool.customDomain()).isEqualTo("auth.example.com");
        assertThat(pool.schemaAttributes())
                .extracting(SchemaAttributeType::name)
                .contains("sub", "email", "custom:tenant");
        assertThat(pool.schemaAttributes())
                .filteredOn(attribute -> attribute.name().equals("email"))
                .singleElement()
                .satisfies(email -> assertThat(email.required()).isTrue());
    }

    @Test
    void aPoolWithoutIssuerTypeIsDescribedWithoutIssuer() {
        assertThat(cognito.describeUserPool(r -> r.userPoolId(Sdk.POOL))
                        .userPool()
                        .issuerConfiguration())
                .isNull();
    }

    @Test
    void aDomainIsDescribedWithItsStatusAndLoginVersion() {
        simulator.pool(Sdk.POOL).prefixDomain("shop", 1).customDomain("auth.example.com", "FAILED");

        var prefix = cognito.describeUserPoolDomain(r -> r.domain("shop")).domainDescription();
        assertThat(prefix.status()).isEqualTo(DomainStatusType.ACTIVE);
        assertThat(prefix.managedLoginVersion()).isEqualTo(1);
        assertThat(prefix.userPoolId()).isEqualTo(Sdk.POOL);
        assertThat(cognito.describeUserPoolDomain(r -> r.domain("auth.example.com"))
                        .domainDescription()
                        .status())
                .isEqualTo(DomainStatusType.FAILED);
        assertThat(cognito.describeUserPoolDomain(r -> r.domain("nobody"))
                        .domainDescription()
                        .userPoolId())
                .as("an unknown domain has an empty description")
                .isNull();
    }

    @Test
    void aPoolCanBeCreatedAndDeletedOverTheApi() {
        var id = cognito.createUserPool(r -> r.poolName("mine")
                        .userPoolTier("LITE")
                        .schema(s -> s.name("tenant").mutable(true)))
                .userPool()
                .id();
        cognito.createUserPoolDomain(r -> r.userPoolId(id).domain("mine").managedLoginVersion(2));
        cognito.createResourceServer(r -> r.userPoolId(id)
                .identifier("api")
                .name("api")
                .scopes(s -> s.scopeName("read").scopeDescription("Read")));
        cognito.createIdentityProvider(
                r -> r.userPoolId(id).providerName("Corp").providerType("OIDC").providerDetails(Map.of()));

        var pool = cognito.describeUserPool(r -> r.userPoolId(id)).userPool();
        assertThat(pool.domain()).isEqualTo("mine");
        assertThat(pool.schemaAttributes())
                .extracting(SchemaAttributeType::name)
                .contains("custom:tenant");
        assertThat(cognito.listUserPools(r -> r.maxResults(60)).userPools())
                .extracting(UserPoolDescriptionType::name)
                .contains("mine");
        assertThat(cognito.createUserPoolClient(
                                r -> r.userPoolId(id).clientName("web").allowedOAuthScopes("api/read"))
                        .userPoolClient()
                        .allowedOAuthScopes())
                .containsExactly("api/read");

        assertThatThrownBy(() -> cognito.deleteUserPool(r -> r.userPoolId(id)))
                .as("its domain must be deleted first")
                .isInstanceOf(InvalidParameterException.class);
        cognito.deleteUserPoolDomain(r -> r.userPoolId(id).domain("mine"));
        cognito.deleteUserPool(r -> r.userPoolId(id));
        assertThatThrownBy(() -> cognito.describeUserPool(r -> r.userPoolId(id)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void resourceServersAndProvidersAreListedChangedAndDeleted() {
        cognito.updateResourceServer(r -> r.userPoolId(Sdk.POOL)
                .identifier("orders")
                .name("orders")
                .scopes(s -> s.scopeName("cancel").scopeDescription("Cancel")));

        assertThat(cognito.listResourceServers(r -> r.userPoolId(Sdk.POOL).maxResults(50))
                        .resourceServers())
                .singleElement()
                .extracting(ResourceServerType::scopes)
                .satisfies(scopes -> assertThat(scopes)
                        .singleElement()
                        .satisfies(scope -> assertThat(scope.scopeName()).isEqualTo("cancel")));
        assertThat(cognito.listIdentityProviders(r -> r.userPoolId(Sdk.POOL)).providers())
                .extracting(ProviderDescription::providerName)
                .containsExactly("Google");

        cognito.deleteResourceServer(r -> r.userPoolId(Sdk.POOL).identifier("orders"));
        cognito.deleteIdentityProvider(r -> r.userPoolId(Sdk.POOL).providerName("Google"));
        assertThat(cognito.listResourceServers(r -> r.userPoolId(Sdk.POOL)).resourceServers())
                .isEmpty();
        assertThat(cognito.listIdentityProviders(r -> r.userPoolId(Sdk.POOL)).providers())
                .isEmpty();
    }

    @Test
    void moreResourceServersPerPageThan50AreRefused() {
        assertThatThrownBy(() ->
                        cognito.listResourceServers(r -> r.userPoolId(Sdk.POOL).maxResults(51)))
                .isInstanceOf(InvalidParameterException.class);
    }
}
