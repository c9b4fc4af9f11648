package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopePatternTest {

    @ParameterizedTest(name = "{0} permits {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            openid                                 | openid                                | true
            openid                                 | OpenID                                | false
            openid                                 | openid/x                              | false
            orders/read                            | orders/read                           | true
            orders/read                            | orders/readwrite                      | false
            orders/read                            | orders//read                          | false
            orders/read                            | orders/read/                          | false
            ${namespace}/read                      | shop/read                             | true
            ${namespace}/read                      | shop-admin/read                       | false
            ${namespace}/read                      | bank/read                             | false
            ${namespace}/read                      | /read                                 | false
            ${namespace}/read                      | ${namespace}/read                     | false
            ${namespace}/read                      | */read                                | false
            orders/${namespace}                    | orders/shop                           | true
            orders/${namespace}                    | orders/shop/admin                     | false
            https://api.example.com/${namespace}/read | https://api.example.com/shop/read  | true
            https://api.example.com/${namespace}/read | https://api.example.com/bank/read  | false
            https://api.example.com/${namespace}/read | https:/api.example.com/shop/read   | false
            """)
    void a_variable_is_one_whole_part(String pattern, String scope, boolean permitted) {
        assertThat(ScopePattern.isValid(pattern)).isTrue();
        assertThat(ScopePattern.matches(pattern, "shop", scope)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "orders/*",
                "${namespace}",
                "${namespace}-admin/read",
                "x${namespace}/read",
                "orders/${name}",
                "orders/{namespace}",
                "orders/re ad",
                "orders/\"read\"",
                "orders\\read",
                "orders/é"
            })
    void an_invalid_pattern_permits_nothing(String pattern) {
        assertThat(ScopePattern.isValid(pattern)).isFalse();
        assertThat(ScopePattern.matches(pattern, "shop", pattern)).isFalse();
        assertThat(ScopePattern.matches(pattern, "shop", pattern.replace("${namespace}", "shop")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a/b", "a.b", "${namespace}", "Shop"})
    void a_text_that_is_no_namespace_permits_nothing(String namespace) {
        assertThat(ScopePattern.matches("${namespace}/read", namespace, namespace + "/read"))
                .isFalse();
    }
}
