package dev.appclients.cognito.simulator;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The served operations: whether they write, whether a pool runs them one at a time, and their quota category. */
enum Operation {
    CREATE_USER_POOL_CLIENT("CreateUserPoolClient", Kind.WRITE, Category.USER_POOL_CLIENT_UPDATE),
    UPDATE_USER_POOL_CLIENT("UpdateUserPoolClient", Kind.EXCLUSIVE_WRITE, Category.USER_POOL_CLIENT_UPDATE),
    DELETE_USER_POOL_CLIENT("DeleteUserPoolClient", Kind.EXCLUSIVE_WRITE, Category.USER_POOL_CLIENT_UPDATE),
    DESCRIBE_USER_POOL_CLIENT("DescribeUserPoolClient", Kind.READ, Category.USER_POOL_CLIENT_READ),
    LIST_USER_POOL_CLIENTS("ListUserPoolClients", Kind.READ, Category.USER_POOL_CLIENT_READ),
    ADD_USER_POOL_CLIENT_SECRET("AddUserPoolClientSecret", Kind.SECRET_WRITE, Category.USER_POOL_CLIENT_UPDATE),
    LIST_USER_POOL_CLIENT_SECRETS("ListUserPoolClientSecrets", Kind.READ, Category.USER_POOL_CLIENT_READ),
    DELETE_USER_POOL_CLIENT_SECRET("DeleteUserPoolClientSecret", Kind.SECRET_WRITE, Category.USER_POOL_CLIENT_UPDATE),
    CREATE_USER_POOL("CreateUserPool", Kind.WRITE, Category.USER_POOL_UPDATE),
    DELETE_USER_POOL("DeleteUserPool", Kind.WRITE, Category.USER_POOL_UPDATE),
    DESCRIBE_USER_POOL("DescribeUserPool", Kind.READ, Category.USER_POOL_READ),
    LIST_USER_POOLS("ListUserPools", Kind.READ, Category.USER_POOL_READ),
    CREATE_USER_POOL_DOMAIN("CreateUserPoolDomain", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    DELETE_USER_POOL_DOMAIN("DeleteUserPoolDomain", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    DESCRIBE_USER_POOL_DOMAIN("DescribeUserPoolDomain", Kind.READ, Category.USER_POOL_RESOURCE_READ),
    CREATE_RESOURCE_SERVER("CreateResourceServer", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    UPDATE_RESOURCE_SERVER("UpdateResourceServer", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    DELETE_RESOURCE_SERVER("DeleteResourceServer", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    LIST_RESOURCE_SERVERS("ListResourceServers", Kind.READ, Category.USER_POOL_RESOURCE_READ),
    CREATE_IDENTITY_PROVIDER("CreateIdentityProvider", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    DELETE_IDENTITY_PROVIDER("DeleteIdentityProvider", Kind.WRITE, Category.USER_POOL_RESOURCE_UPDATE),
    LIST_IDENTITY_PROVIDERS("ListIdentityProviders", Kind.READ, Category.USER_POOL_RESOURCE_READ),
    ASSUME_ROLE("AssumeRole", Kind.SESSION, null),
    ASSUME_ROLE_WITH_WEB_IDENTITY("AssumeRoleWithWebIdentity", Kind.SESSION, null),
    GET_CALLER_IDENTITY("GetCallerIdentity", Kind.SESSION, null);

    /** The effect of an operation on the state. */
    enum Kind {
        READ,
        WRITE,
        EXCLUSIVE_WRITE,
        SECRET_WRITE,
        SESSION
    }

    private static final Map<String, Operation> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Operation::wireName, each -> each));

    private final String wireName;
    private final Kind kind;
    private final @Nullable Category category;

    Operation(String wireName, Kind kind, @Nullable Category category) {
        this.wireName = wireName;
        this.kind = kind;
        this.category = category;
    }

    String wireName() {
        return wireName;
    }

    @Nullable
    Category category() {
        return category;
    }

    boolean writes() {
        return kind == Kind.WRITE || kind == Kind.EXCLUSIVE_WRITE || kind == Kind.SECRET_WRITE;
    }

    boolean oneAtATime(Switches switches) {
        return kind == Kind.EXCLUSIVE_WRITE
                || kind == Kind.SECRET_WRITE && switches.isOn(Switch.SECRET_CHANGES_ARE_EXCLUSIVE);
    }

    boolean isSts() {
        return kind == Kind.SESSION;
    }

    /** IAM cannot limit ListUserPools and the domain description to a pool. A pool that is being created has no ARN. */
    boolean limitableByPool() {
        return this != LIST_USER_POOLS && this != DESCRIBE_USER_POOL_DOMAIN && this != CREATE_USER_POOL;
    }

    static Operation named(String wireName, boolean sts) {
        var operation = BY_NAME.get(wireName);
        if (operation == null || operation.isSts() != sts) {
            throw new Refusal("UnknownOperationException", 400, "The simulator does not serve " + wireName + ".");
        }
        return operation;
    }

    /** Whether an operation has this name. Checks names that people type. */
    static boolean exists(String wireName) {
        return BY_NAME.containsKey(wireName);
    }
}
