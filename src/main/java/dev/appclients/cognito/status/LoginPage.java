package dev.appclients.cognito.status;

/** Whether users of a client with redirect flows have a page to sign in on. */
public enum LoginPage {
    /** The client has no redirect flow; the condition is absent. */
    NOT_REQUIRED,
    /** The pool has a domain. */
    AVAILABLE,
    /** The pool has no domain, so no redirect flow can work. */
    NO_DOMAIN
}
