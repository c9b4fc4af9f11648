/**
 * Attacks: each test tries one of the threats of {@code src/docs/threat-model.md} against the operator, and shows that the control holds.
 */
@NullMarked
package dev.appclients.cognito.threats;

import org.jspecify.annotations.NullMarked;
