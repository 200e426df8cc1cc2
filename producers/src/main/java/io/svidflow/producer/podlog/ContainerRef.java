package io.svidflow.producer.podlog;

/**
 * A container of a pod.
 *
 * @param uid of the pod: a pod of the same name may come later
 */
record ContainerRef(String namespace, String pod, String uid, String container) {

    /** What its position is called. */
    String key() {
        return namespace + "/" + uid + "/" + container;
    }

    @Override
    public String toString() {
        return namespace + "/" + pod + "/" + container;
    }
}
