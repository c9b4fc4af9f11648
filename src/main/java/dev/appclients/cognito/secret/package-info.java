/** Pure: from the request for a Secret to its manifest and patch, and the inspection of the Secret in the cluster. */
@NullMarked
package dev.appclients.cognito.secret;

import org.jspecify.annotations.NullMarked;
