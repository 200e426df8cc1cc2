package io.svidflow.producer.spire.poll;

import java.util.List;

/**
 * A part of a listing.
 *
 * @param items what is listed
 * @param next token of the next page, empty after the last
 */
record Page<T>(List<T> items, String next) {}
