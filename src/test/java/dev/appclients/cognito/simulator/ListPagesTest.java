package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;

/** Lists: pages of at most 60, tokens, empty pages, and lagging reads. */
class ListPagesTest extends WithSimulator {

    @Test
    void everyClientIsListedOnceAcrossAnEmptyPage() {
        makeClients(130);

        assertThat(pageSizes()).containsExactly(60, 0, 60, 10);
        assertThat(names()).doesNotHaveDuplicates().hasSize(130);
    }

    @Test
    void withoutEmptyPagesEveryPageButTheLastIsFull() {
        simulator.switches().set(Switch.EMPTY_LIST_PAGES, false);
        makeClients(130);

        assertThat(pageSizes()).containsExactly(60, 60, 10);
    }

    @Test
    void aListThatFitsOnOnePageHasNoToken() {
        makeClients(60);

        assertThat(pageSizes()).containsExactly(60);
    }

    @Test
    void withoutMaxResultsAPageIsFullOrShort() {
        makeClients(60);

        assertThat(cognito.listUserPoolClients(r -> r.userPoolId(Sdk.POOL)).userPoolClients())
                .hasSize(60);
        simulator.switches().set(Switch.SHORT_DEFAULT_PAGES, true);
        assertThat(cognito.listUserPoolClients(r -> r.userPoolId(Sdk.POOL)).userPoolClients())
                .hasSize(10);
    }

    @Test
    void morePerPageThan60IsRefused() {
        assertThatThrownBy(() ->
                        cognito.listUserPoolClients(r -> r.userPoolId(Sdk.POOL).maxResults(61)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void anUnknownTokenIsRefused() {
        assertThatThrownBy(() ->
                        cognito.listUserPoolClients(r -> r.userPoolId(Sdk.POOL).nextToken("made-up")))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    void aDeletionBetweenPagesShiftsNoEntry() {
        simulator.switches().set(Switch.EMPTY_LIST_PAGES, false);
        makeClients(5);
        var first = cognito.listUserPoolClients(r -> r.userPoolId(Sdk.POOL).maxResults(2));
        simulator.deleteClient(Sdk.POOL, first.userPoolClients().getFirst().clientId());

        var second = cognito.listUserPoolClients(
                r -> r.userPoolId(Sdk.POOL).maxResults(2).nextToken(first.nextToken()));

        var ids = simulator.clients(Sdk.POOL).stream().map(AppClient::clientId).toList();
        assertThat(second.userPoolClients())
                .extracting(UserPoolClientDescription::clientId)
                .isEqualTo(ids.subList(1, 3));
    }

    @Test
    void aLaggingListShowsCreationsAndDeletionsLater() {
        simulator.switches().set(Switch.LIST_LAGS, true);
        simulator.switches().lag(Duration.ofMinutes(1));
        var id = Sdk.create(cognito, r -> r).clientId();

        assertThat(names()).isEmpty();
        assertThat(Sdk.describe(cognito, id)).isNotNull();
        simulator.clock().advance(Duration.ofMinutes(1));
        assertThat(names()).containsExactly("web");

        cognito.deleteUserPoolClient(r -> r.userPoolId(Sdk.POOL).clientId(id));
        assertThat(names()).containsExactly("web");
        simulator.clock().advance(Duration.ofMinutes(1));
        assertThat(names()).isEmpty();
    }

    @Test
    void aLaggingDescriptionShowsChangesLater() {
        simulator.switches().set(Switch.DESCRIBE_LAGS, true);
        simulator.switches().lag(Duration.ofMinutes(1));
        var id = Sdk.create(cognito, r -> r).clientId();

        assertThatThrownBy(() -> Sdk.describe(cognito, id)).isInstanceOf(ResourceNotFoundException.class);
        simulator.clock().advance(Duration.ofMinutes(1));
        Sdk.update(cognito, id, r -> r.authSessionValidity(10));
        assertThat(Sdk.describe(cognito, id).authSessionValidity()).isEqualTo(3);
        simulator.clock().advance(Duration.ofMinutes(1));
        assertThat(Sdk.describe(cognito, id).authSessionValidity()).isEqualTo(10);
    }

    @Test
    void settingTheClockBackHidesNoClient() {
        simulator.switches().set(Switch.LIST_LAGS, true);
        Sdk.create(cognito, r -> r);
        simulator.clock().advance(Duration.ofMinutes(1));

        simulator.clock().skew(Duration.ofHours(-1));

        assertThat(names()).containsExactly("web");
    }

    private void makeClients(int count) {
        IntStream.range(0, count).forEach(i -> simulator.createForeignClient(Sdk.POOL, "client-" + i));
    }

    private List<Integer> pageSizes() {
        var sizes = new ArrayList<Integer>();
        cognito.listUserPoolClientsPaginator(r -> r.userPoolId(Sdk.POOL).maxResults(60))
                .forEach(page -> sizes.add(page.userPoolClients().size()));
        return sizes;
    }

    private List<String> names() {
        return cognito
                .listUserPoolClientsPaginator(r -> r.userPoolId(Sdk.POOL).maxResults(60))
                .userPoolClients()
                .stream()
                .map(UserPoolClientDescription::clientName)
                .toList();
    }
}
