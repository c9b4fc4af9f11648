package dev.appclients.cognito.aws;

/**
 * The API operations that the operator calls, each with its quota. AWS does not document the quota of the operations on secrets. The
 * operator assumes the quota of the operations on clients.
 */
public enum Operation {
    CREATE_CLIENT("CreateUserPoolClient", Category.CLIENT_UPDATE),
    UPDATE_CLIENT("UpdateUserPoolClient", Category.CLIENT_UPDATE),
    DELETE_CLIENT("DeleteUserPoolClient", Category.CLIENT_UPDATE),
    DESCRIBE_CLIENT("DescribeUserPoolClient", Category.CLIENT_READ),
    LIST_CLIENTS("ListUserPoolClients", Category.CLIENT_READ),
    ADD_SECRET("AddUserPoolClientSecret", Category.CLIENT_UPDATE),
    LIST_SECRETS("ListUserPoolClientSecrets", Category.CLIENT_READ),
    DELETE_SECRET("DeleteUserPoolClientSecret", Category.CLIENT_UPDATE),
    DESCRIBE_POOL("DescribeUserPool", Category.POOL_READ),
    DESCRIBE_DOMAIN("DescribeUserPoolDomain", Category.POOL_RESOURCE_READ),
    LIST_RESOURCE_SERVERS("ListResourceServers", Category.POOL_RESOURCE_READ),
    LIST_PROVIDERS("ListIdentityProviders", Category.POOL_RESOURCE_READ),
    ASSUME_ROLE("AssumeRole", Category.STS),
    GET_CALLER_IDENTITY("GetCallerIdentity", Category.STS);

    private final String apiName;
    private final Category category;

    Operation(String apiName, Category category) {
        this.apiName = apiName;
        this.category = category;
    }

    /** The operation's name in the API. */
    public String apiName() {
        return apiName;
    }

    /** The quota that the operation shares with others. */
    public Category category() {
        return category;
    }

    /** Cognito accepts one update or delete per pool at a time. It answers others with ConcurrentModificationException. */
    public boolean isExclusiveInPool() {
        return this == UPDATE_CLIENT || this == DELETE_CLIENT;
    }

    /** The quotas of an account in a Region. */
    public enum Category {
        CLIENT_READ,
        CLIENT_UPDATE,
        POOL_READ,
        POOL_RESOURCE_READ,
        STS
    }
}
