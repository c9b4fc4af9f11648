package dev.appclients.cognito.crash;

/**
 * One call of a scenario.
 *
 * @param call what is asked for
 * @param nth which of the calls that ask for the same, counted from 1 since the scenario began
 */
record Moment(Call call, int nth) {

    @Override
    public String toString() {
        return nth == 1 ? "‘" + call + "’" : "‘" + call + "’ (" + nth + ")";
    }
}
