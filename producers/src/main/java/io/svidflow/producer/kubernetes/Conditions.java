package io.svidflow.producer.kubernetes;

import io.svidflow.event.ConditionStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** How Kubernetes writes conditions and times. */
final class Conditions {

    static final String READY = "Ready";

    private Conditions() {}

    /** A missing or unheard-of status is UNKNOWN, as Kubernetes itself reads it. */
    static ConditionStatus status(String text) {
        return switch (text == null ? "" : text) {
            case "True" -> ConditionStatus.TRUE;
            case "False" -> ConditionStatus.FALSE;
            default -> ConditionStatus.UNKNOWN;
        };
    }

    /** @return null for null: most times in the API are optional */
    static Instant time(String text) {
        return text == null ? null : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    }
}
