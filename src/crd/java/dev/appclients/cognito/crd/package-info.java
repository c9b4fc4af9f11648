/** What the CRDs say beyond the annotations of the API: the rules across fields, closed lists of names, and list types. Runs in the build only. */
@NullMarked
package dev.appclients.cognito.crd;

import org.jspecify.annotations.NullMarked;
