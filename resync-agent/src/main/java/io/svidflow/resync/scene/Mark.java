package io.svidflow.resync.scene;

import java.util.Map;

/** With this label or annotation on a pod, a namespace or a node its owner keeps svidflow's hands off it. */
public final class Mark {

    /** Name of the label or annotation. */
    public static final String NAME = "svidflow.io/remediation";

    /** Its value; any other allows what is allowed anyway. */
    public static final String OFF = "off";

    private Mark() {}

    /** Whether it is there; null is no labels. */
    public static boolean on(Map<String, String> labels, Map<String, String> annotations) {
        return is(labels) || is(annotations);
    }

    private static boolean is(Map<String, String> texts) {
        return texts != null && OFF.equals(texts.get(NAME));
    }
}
