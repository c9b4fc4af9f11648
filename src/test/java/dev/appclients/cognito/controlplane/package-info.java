/** Runs a real Kubernetes control plane for tests and for {@code make run}: etcd, API server and controllers, on loopback. */
@NullMarked
package dev.appclients.cognito.controlplane;

import org.jspecify.annotations.NullMarked;
