package dev.appclients.cognito.secret;

/**
 * The Secret that should be there.
 *
 * @param owner whose it is
 * @param secretName its name
 * @param ownedByResource whether Kubernetes deletes it with its owner: an owner reference is set
 * @param values what it tells
 * @param confidential whether it holds a client secret
 * @param revision counts the client secrets that were published for this client, from 1
 */
public record SecretRequest(
        SecretOwner owner,
        String secretName,
        boolean ownedByResource,
        PublicValues values,
        boolean confidential,
        long revision) {}
