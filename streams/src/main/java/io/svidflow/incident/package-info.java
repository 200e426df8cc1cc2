/**
 * Which pods suffer from one and the same fault, and is it over? Stage 2 of one cluster, pure but for its
 * {@link io.svidflow.incident.ClusterStore}: start at {@link io.svidflow.incident.IncidentTracker}.
 */
package io.svidflow.incident;
