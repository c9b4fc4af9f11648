package dev.appclients.cognito.controller;

import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.model.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts failures, announced transitions and rotations as the metrics do. */
public final class CountedFailures implements PassListener {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    public int notWritten(String controller, NotWritten why) {
        return counts.getOrDefault(controller + " " + why, 0);
    }

    public int unexpected(String controller) {
        return counts.getOrDefault(controller + " unexpected", 0);
    }

    /** The announced transitions of all objects of a kind. */
    public int announced(String kind, Reason reason) {
        return counts.getOrDefault(kind + " " + reason, 0);
    }

    /** The rotations of this cause that ended with this outcome. */
    public int rotations(String cause, String outcome) {
        return counts.getOrDefault("rotation " + cause + " " + outcome, 0);
    }

    @Override
    public void statusNotWritten(String controller, NotWritten why) {
        counts.merge(controller + " " + why, 1, Integer::sum);
    }

    @Override
    public void unexpectedError(String controller) {
        counts.merge(controller + " unexpected", 1, Integer::sum);
    }

    @Override
    public void announced(String kind, String type, Reason reason) {
        counts.merge(kind + " " + reason, 1, Integer::sum);
    }

    @Override
    public void rotationEnded(String cause, String outcome) {
        counts.merge("rotation " + cause + " " + outcome, 1, Integer::sum);
    }
}
