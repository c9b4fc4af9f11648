package dev.appclients.cognito.controller;

/** Whether this process may change anything: asked again right before every call that cannot be taken back. */
public interface Leadership {

    /** False while another replica leads, and from the moment an orderly shutdown begins. */
    boolean holds();
}
