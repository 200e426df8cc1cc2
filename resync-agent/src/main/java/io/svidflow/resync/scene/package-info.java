/** What is really there, read a moment ago from Kubernetes and from the SPIRE server and never remembered. */
package io.svidflow.resync.scene;
