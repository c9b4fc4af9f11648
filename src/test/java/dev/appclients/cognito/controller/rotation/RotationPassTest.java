package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The handled request and the loss of the published secret, as a reconciliation reports them. */
class RotationPassTest {

    private final RotationPasses time = new RotationPasses();
    private final SecretId a = new SecretId("client--1", time.now.minusSeconds(1_000));
    private final SecretId b = new SecretId("client--2", time.now);
    private final SecretId foreign = new SecretId("client--3", time.now);
    private final RotationRecord steady = RotationRecord.original(a);

    @Test
    void aRequestIsHandledWhenItsSecretIsAdded() {
        RotationRecord staged = steady.staged(Cause.REQUEST, "monday", listing(a));

        assertThat(pass(staged).handledRequest()).isNull();
        assertThat(pass(staged.added(b)).handledRequest()).isEqualTo("monday");
    }

    @Test
    void aPublishedSecretIsGoneAfterTwoListsWithoutIt() {
        RotationPass pass = pass(steady);
        pass.memory().listed(a.id());
        assertThat(pass.goneId()).isNull();

        time.pass(RotationPasses.SETTLES_AFTER);
        pass.memory().listed(a.id());
        assertThat(pass.goneId()).isEqualTo(a.id());

        pass.memory().listed(null);
        assertThat(pass.goneId()).isNull();
    }

    @Test
    void anotherProcessReadsFromTheRecordThatThePublishedSecretIsGone() {
        RotationRecord staged = steady.staged(Cause.NEED, null, listing(foreign));

        assertThat(pass(staged).goneId()).isEqualTo(a.id());
        assertThat(pass(staged.added(b)).goneId()).isNull();
        assertThat(pass(steady.staged(Cause.REQUEST, null, listing(a))).goneId())
                .isNull();
    }

    @Test
    void aClientWithoutARecordIsNotKnownToBeGone() {
        assertThat(pass(null).goneId()).isNull();
    }

    private SecretListing listing(SecretId only) {
        return new SecretListing(List.of(only), time.now);
    }

    private RotationPass pass(@Nullable RotationRecord rotation) {
        return time.pass(RotationPasses.UID, new PoolId("eu-west-1_AbCdEfGhI"), rotation, "", "");
    }
}
