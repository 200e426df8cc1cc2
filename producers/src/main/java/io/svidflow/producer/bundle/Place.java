package io.svidflow.producer.bundle;

import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;

/**
 * A line of a file of the bundle.
 *
 * @param file path within the bundle
 * @param line from 1
 */
record Place(String file, long line) {

    Origin origin() {
        return origin(null);
    }

    /** @param resourceVersion of the Kubernetes object in that line, or null */
    Origin origin(String resourceVersion) {
        return Origin.newBuilder()
                .setKind(OriginKind.FILE)
                .setLocation(file)
                .setLine(line)
                .setResourceVersion(resourceVersion)
                .build();
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
