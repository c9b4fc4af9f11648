package dev.appclients.cognito.simulator;

/**
 * The facts about the service that are disputed or not established. Either value can be true, and every client of the service
 * must work with both.
 */
public enum Switch {
    SCALARS_KEPT_ON_UPDATE(
            false,
            "An update without RefreshTokenValidity, EnableTokenRevocation or AuthSessionValidity keeps the old value instead of"
                    + " resetting it."),
    NAME_REQUIRED_ON_UPDATE(false, "An update without ClientName is refused instead of keeping the name."),
    ROTATION_KEPT_ON_UPDATE(false, "An update without RefreshTokenRotation keeps it instead of switching it off."),
    USER_EXISTENCE_ERRORS_RESET_TO_ENABLED(
            false, "PreventUserExistenceErrors, left out after it was set, becomes ENABLED instead of LEGACY."),
    DISABLED_ROTATION_ECHOED(
            true, "Refresh token rotation that is switched off reads back as {DISABLED, 0} instead of not at all."),
    EMPTY_LISTS_ABSENT(true, "A list without entries is missing from the description instead of being []."),
    LISTS_SORTED(false, "Lists read back sorted instead of in the order in which they were sent."),
    CUSTOM_SECRET_ECHOED(false, "A description shows a secret that the caller chose itself."),
    NEWEST_SECRET_DESCRIBED(false, "With two secrets, a description shows the newest one instead of the original one."),
    REMAINING_SECRET_DESCRIBED(
            false, "A description shows the remaining secret after the original one was deleted, instead of none."),
    SUPPLIED_SECRETS_REFUSED(
            false,
            "AddUserPoolClientSecret refuses a value that the caller chose itself, and repeats it in its message."),
    SECRET_VALUES_ARE_UNIQUE(
            false,
            "AddUserPoolClientSecret refuses a value that the client has or had, and repeats it in its message."),
    ADD_AFTER_DELETE_LIMITED(
            false,
            "AddUserPoolClientSecret counts a deleted secret until the lag has passed, and is LimitExceededException."),
    SECRET_LIST_LAGS(false, "ListUserPoolClientSecrets shows additions and deletions only after the lag."),
    SECRETS_ONE_PER_PAGE(false, "ListUserPoolClientSecrets shows one secret a page instead of both in one page."),
    INELIGIBLE_CLIENT_IS_ACCESS_DENIED(
            false,
            "Adding a secret to a public client, or changing those of a dynamically registered one, is AccessDeniedException"
                    + " instead of InvalidParameterException."),
    UNKNOWN_SECRET_IS_A_PARAMETER(
            false,
            "Deleting a secret that does not exist is InvalidParameterException instead of ResourceNotFoundException."),
    LAST_SECRET_CHECKED_FIRST(
            false,
            "Deleting a secret that does not exist, of a client with one secret, is refused as deleting the last one."),
    SECRET_CHANGES_ARE_EXCLUSIVE(
            false,
            "Adding or deleting a secret while another change of a client of the pool runs is ConcurrentModificationException."),
    REFRESH_TOKENS_END_WITH_THEIR_SECRET(
            false, "A refresh token is refused once the secret that it was issued with is deleted."),
    MEMBERS_UNKNOWN_TO_THE_SDK(false, "Descriptions carry members that this SDK does not model, such as ClientType."),
    SHORT_CLIENT_IDS(false, "Client ids have 25 characters instead of 26."),
    LIST_LAGS(false, "ListUserPoolClients shows creations, deletions and renames only after the lag."),
    DESCRIBE_LAGS(false, "DescribeUserPoolClient shows creations, changes and deletions only after the lag."),
    EMPTY_LIST_PAGES(
            true, "A list that needs more than one page has an empty page in the middle, with a token to go on."),
    SHORT_DEFAULT_PAGES(false, "A list asked for without MaxResults comes in pages of 10 instead of full ones."),
    ROTATION_REFUSED_WITH_REFRESH_FLOW(
            true, "Refresh token rotation is refused while the effective auth flows include ALLOW_REFRESH_TOKEN_AUTH."),
    ROTATION_ON_LITE_IS_A_PARAMETER(
            false,
            "Refresh token rotation on a Lite pool is InvalidParameterException instead of FeatureUnavailableInTierException."),
    OIDC_SCOPES_NEED_OPENID(false, "The scopes phone, email and profile are refused without openid."),
    CLIENT_CREDENTIALS_NEEDS_CUSTOM_SCOPES(
            true, "client_credentials is refused with any scope that no resource server defines."),
    CLIENT_CREDENTIALS_SCOPES_ARE_A_PARAMETER(
            false, "That refusal is InvalidParameterException instead of InvalidOAuthFlowException."),
    OAUTH_SETTINGS_NEED_THE_FLAG(
            false,
            "OAuth flows, scopes, callback and logout URLs are refused while AllowedOAuthFlowsUserPoolClient is false."),
    REQUIRED_IMMUTABLE_ATTRIBUTES_WRITABLE(
            true,
            "A write list must contain every attribute that is required and immutable, instead of being refused with it."),
    CONTEXT_DATA_NEEDS_SECRET(
            true, "EnablePropagateAdditionalUserContextData is refused for a client without a secret."),
    CLIENT_TOKEN_AUTH_KNOWN(
            true, "ALLOW_CLIENT_TOKEN_AUTH exists; it must be the only flow of a client that has a secret."),
    WRONG_ACCOUNT_LOOKS_LIKE_A_MISSING_POOL(
            false, "A pool of another account is reported in the very words of a pool that does not exist."),
    WRONG_REGION_IS_NOT_ENABLED(
            false, "A pool asked for in another Region is OperationNotEnabledException instead of not found."),
    SIGNATURE_TIME_CHECKED(false, "A request signed more than five minutes away from the service's clock is refused."),
    UNCONFIGURED_KEYS_ACCEPTED(
            true, "An access key that is not configured belongs to the default account instead of being unrecognised.");

    private final boolean initially;
    private final String meaning;

    Switch(boolean initially, String meaning) {
        this.initially = initially;
        this.meaning = meaning;
    }

    /** Whether the switch is on in a new simulator. */
    public boolean initially() {
        return initially;
    }

    /** The fact that holds while the switch is on. */
    public String meaning() {
        return meaning;
    }
}
