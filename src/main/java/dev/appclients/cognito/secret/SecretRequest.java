package dev.appclients.cognito.secret;

import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.SecretShape;

/**
 * The Secret that an owner needs.
 *
 * @param ownedByResource whether the Secret has an owner reference, so that Kubernetes deletes it with its owner
 * @param inherits whether the Secret of a former owner of the same name is replaced if it was written for the same app client
 * @param source the client whose values it holds; the owner itself, unless the Secret is a copy
 * @param shape its keys, type and metadata
 * @param values its public content
 * @param confidential whether it holds a client secret
 * @param revision counts the client secrets that were published for this app client, from 1
 */
public record SecretRequest(
        SecretOwner owner,
        String secretName,
        boolean ownedByResource,
        boolean inherits,
        SourceClient source,
        SecretShape shape,
        PublicValues values,
        boolean confidential,
        long revision) {}
