package io.svidflow.serde;

import io.svidflow.event.EventHeader;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that the generated event classes may be made from the class names in a schema. Since 1.12.1 Avro makes no
 * class that nobody vouched for, because a schema may come from a stranger. The serdes call this; whoever reads events
 * with Avro's own readers calls {@link #trust()} first, or starts Java with
 * {@code -Dorg.apache.avro.SERIALIZABLE_PACKAGES=io.svidflow.event}.
 */
public final class EventClasses {

    private static final String PACKAGE = EventHeader.class.getPackageName();

    static {
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(type -> PACKAGE.equals(type.getPackageName()) || before.isTrusted(type));
    }

    private EventClasses() {}

    /** Vouches for the event classes, for the whole JVM; what was trusted before stays trusted. */
    public static void trust() {
        // The static initialiser did it, once however often this is called.
    }
}
