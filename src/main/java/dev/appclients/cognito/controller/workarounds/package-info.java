/** Works around defects of the frameworks underneath, one class each, with the upstream version that removes it. Holds nothing that the operator needs for itself. */
@NullMarked
package dev.appclients.cognito.controller.workarounds;

import org.jspecify.annotations.NullMarked;
