package dev.appclients.cognito.status;

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
        List<String> warnings) {}
