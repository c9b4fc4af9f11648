/** Defines the domain values: plain, immutable and independent of Kubernetes and AWS types. Makes no decision that belongs to plan, status or authorization. */
@NullMarked
package dev.appclients.cognito.model;

import org.jspecify.annotations.NullMarked;
