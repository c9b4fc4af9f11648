/** Contains the packages with effects on Kubernetes, one per kind and one per shared concern. Holds no class of its own beyond the registration of the controllers. */
@NullMarked
package dev.appclients.cognito.controller;

import org.jspecify.annotations.NullMarked;
