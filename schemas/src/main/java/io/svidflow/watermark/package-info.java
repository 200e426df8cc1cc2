/** How far the sources have come, and what is therefore known. Start at {@link io.svidflow.watermark.Watermarks}. */
package io.svidflow.watermark;
