/** Holds the pages, alerts and dashboard of {@code deploy/monitoring} equal to a scrape and a log of a real run. */
@NullMarked
package dev.appclients.cognito.monitoring;

import org.jspecify.annotations.NullMarked;
