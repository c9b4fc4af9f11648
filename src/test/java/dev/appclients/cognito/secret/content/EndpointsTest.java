package dev.appclients.cognito.secret.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.secret.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    @Test
    void the_login_url_opens_the_login_page_of_this_client() {
        assertThat(endpoints(Requests.code("https://shop.example.com/callback?x=1"))
                        .loginUrl())
                .isEqualTo("https://auth.example.com/login?response_type=code&client_id=3abc"
                        + "&redirect_uri=https%3A%2F%2Fshop.example.com%2Fcallback%3Fx%3D1&scope=openid+orders%2Fread");
    }

    @Test
    void an_implicit_client_requests_tokens() {
        assertThat(endpoints(Requests.oauth("implicit", List.of("https://shop.example.com/")))
                        .loginUrl())
                .contains("response_type=token&");
    }

    @Test
    void without_a_redirect_uri_there_is_no_login_url() {
        assertThat(endpoints(Requests.code()).loginUrl()).isNull();
    }

    @Test
    void a_machine_client_has_only_a_token_endpoint() {
        assertThat(endpoints(Requests.oauth("client_credentials", List.of())))
                .isEqualTo(new Endpoints(
                        null,
                        "https://auth.example.com/oauth2/token",
                        null,
                        null,
                        Requests.POOL.issuer() + "/.well-known/jwks.json",
                        null));
    }

    private static PublicValues values(OAuth oauth) {
        return PublicValues.of("3abc", Requests.POOL, oauth, RedirectUri.managed(oauth, null));
    }

    private static Endpoints endpoints(OAuth oauth) {
        return Endpoints.of(values(oauth));
    }
}
