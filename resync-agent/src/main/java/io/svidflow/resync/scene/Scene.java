package io.svidflow.resync.scene;

/** Everything that is looked at again before something is carried out. */
public record Scene(Place place, Plane plane) {}
