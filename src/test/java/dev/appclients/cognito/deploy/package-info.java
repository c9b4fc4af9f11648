/** The Helm chart: its generated files, and tests with the real helm on the control plane of the test bed. */
@NullMarked
package dev.appclients.cognito.deploy;

import org.jspecify.annotations.NullMarked;
