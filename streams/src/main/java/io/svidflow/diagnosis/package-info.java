/**
 * Why is the link missing? One class for each {@link io.svidflow.diagnosis.Cause}, ranked by
 * {@link io.svidflow.diagnosis.Diagnostician}; pure.
 */
package io.svidflow.diagnosis;
