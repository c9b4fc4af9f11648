/** Writes, restores and removes one Secret for any owner. Knows no custom resource and never imports aws, so a copy costs no call. */
@NullMarked
package dev.appclients.cognito.controller.secret;

import org.jspecify.annotations.NullMarked;
