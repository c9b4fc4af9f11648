/** What a pass has come to, told as conditions and status fields that people, kstatus and kubectl wait understand alike; pure. */
@NullMarked
package dev.appclients.cognito.status;

import org.jspecify.annotations.NullMarked;
