/** What Kubernetes says: nodes, pods, and which registration rules select a pod. */
package io.svidflow.producer.kubernetes;
