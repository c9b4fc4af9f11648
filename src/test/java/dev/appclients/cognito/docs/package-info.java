/** The generated files, which are committed, and the tests of the documentation. */
@NullMarked
package dev.appclients.cognito.docs;

import org.jspecify.annotations.NullMarked;
