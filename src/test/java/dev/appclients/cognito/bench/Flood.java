package dev.appclients.cognito.bench;

/** The events that make the operator work on every client at once. */
enum Flood {
    /** All clients are applied at once. */
    APPLIED("all applied at once"),
    /** The custom domain of every user pool becomes active: every Secret and status is rewritten. */
    DOMAIN("the domain of every pool becomes active"),
    /** A new version maps the same manifests to other settings: every client is described and updated. */
    UPGRADE("an upgrade changes the settings of every client"),
    /** The API server refuses connections for two minutes. */
    REFUSED("the API server is down for 2 minutes"),
    /** The API server accepts connections and does not answer for two minutes. */
    HANGING("the API server hangs for 2 minutes"),
    /** Every Secret is deleted by hand. */
    SECRETS("all Secrets are deleted"),
    /** Every namespace loses the label that lets it use the pools, and gets it back. */
    NAMESPACES("every namespace is relabelled"),
    /** All clients are deleted at once. */
    DELETED("all deleted at once");

    private final String title;

    Flood(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
