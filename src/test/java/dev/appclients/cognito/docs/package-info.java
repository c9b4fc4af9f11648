/** The files that are made from the code and committed: the CRDs and the reference page. */
@NullMarked
package dev.appclients.cognito.docs;

import org.jspecify.annotations.NullMarked;
