package dev.appclients.cognito.controller.reconcile;

/** Whether this process may change anything. Asked again right before every call that changes something. */
public interface Leadership {

    /** False while another replica is the leader, and from the beginning of shutdown. */
    boolean holds();
}
