package dev.appclients.cognito.status;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The input from which the status of a UserPoolClient is composed.
 *
 * @param generation the generation that was reconciled
 * @param outcome the outcome
 * @param done the steps that succeeded
 * @param fields the status fields at the end
 * @param loginPage the verdict on the login page
 * @param warnings about the manifest
 * @param rotation the result of the rotation step; null if the reconciliation ended before it
 */
public record StatusReport(
        long generation,
        Outcome outcome,
        Set<Step> done,
        StatusFields fields,
        LoginPage loginPage,
        List<String> warnings,
        @Nullable RotationReport rotation) {

    /**
     * The report right before a create, which replaces any former client.
     *
     * @param since when the create was decided
     * @param arn the pool in which the client is created
     */
    public StatusReport creating(Instant since, String arn) {
        return new StatusReport(generation, outcome, done, fields.creating(since, arn), loginPage, warnings, rotation);
    }
}
