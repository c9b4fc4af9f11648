package dev.appclients.cognito.status;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Everything that the status of a UserPoolClient is made of.
 *
 * @param generation the generation that the pass looked at
 * @param conclusion how the pass ended
 * @param done the steps that succeeded in this pass
 * @param learned what is known now
 * @param loginPage whether there is a page to sign in on
 * @param warnings what is doubtful in the manifest, one sentence each
 */
public record PassReport(
        long generation,
        Conclusion conclusion,
        Set<Step> done,
        Learned learned,
        LoginPage loginPage,
        List<String> warnings) {

    /**
     * The same right before a create: a client that was there before is given up.
     *
     * @param since when the create was decided
     * @param arn the pool in which it is created
     */
    public PassReport creating(Instant since, String arn) {
        Learned intent = new Learned(
                null,
                arn,
                since.toString(),
                null,
                List.of(),
                learned.issuer(),
                learned.loginURL(),
                learned.secret(),
                learned.drift(),
                learned.lastHandledReconcileAt());
        return new PassReport(generation, conclusion, done, intent, loginPage, warnings);
    }
}
