/** The custom resources as clients and the API server see them: every bound and every rule, and how the records are written and read. */
package dev.appclients.cognito.api.v1beta1;
