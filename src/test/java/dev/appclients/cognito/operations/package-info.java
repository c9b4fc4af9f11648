/** The procedures of the page on operations: upgrade, backup, recovery and removal. */
@NullMarked
package dev.appclients.cognito.operations;

import org.jspecify.annotations.NullMarked;
