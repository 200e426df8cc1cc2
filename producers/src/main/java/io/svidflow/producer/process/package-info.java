/** Which pod a process of this node belongs to, as the kernel tells it. */
package io.svidflow.producer.process;
