/**
 * Who observes a running installation, and what becomes of what is observed. A {@link
 * io.svidflow.producer.live.LiveSource} says what it sees to an {@link io.svidflow.producer.live.Outlet}; the outlet
 * publishes, remembers how far the source has come, and promises that nothing is missing up to there.
 */
package io.svidflow.producer.live;
