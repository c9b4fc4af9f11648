package dev.appclients.cognito.crash;

/**
 * One call of a scenario.
 *
 * @param call the operation
 * @param nth the number of the call among equal calls, counted from 1 since the scenario began
 */
record NthCall(Call call, int nth) {

    @Override
    public String toString() {
        return nth == 1 ? "‘" + call + "’" : "‘" + call + "’ (" + nth + ")";
    }
}
