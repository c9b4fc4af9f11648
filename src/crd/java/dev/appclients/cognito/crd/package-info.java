/** Adds to the CRDs what annotations cannot express: rules across fields, closed lists and list types. Runs in the build only and is not in the operator's jar. */
@NullMarked
package dev.appclients.cognito.crd;

import org.jspecify.annotations.NullMarked;
