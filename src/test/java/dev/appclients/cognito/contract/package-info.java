/**
 * What the operator believes of Cognito, fact by fact, and one question for each that settles it on a real user pool. The same
 * questions are put to the simulator by the tests.
 */
@NullMarked
package dev.appclients.cognito.contract;

import org.jspecify.annotations.NullMarked;
