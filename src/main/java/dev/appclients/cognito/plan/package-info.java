/** What must be done so that an app client equals its manifest: desired and observed state in, one decision out; pure. */
@NullMarked
package dev.appclients.cognito.plan;

import org.jspecify.annotations.NullMarked;
