package io.svidflow.unreported;

import io.svidflow.event.EventHeader;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.ServerSignal;
import io.svidflow.event.ServerSignalKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Errors of server and registrar that are known to mean nothing, counted by their text. */
final class Noise {

    private static final String REGISTRAR = "controller-manager";
    private static final int LENGTH = 160;

    private record Kind(String source, String text) implements Comparable<Kind> {
        @Override
        public int compareTo(Kind other) {
            int bySource = source.compareTo(other.source);
            return bySource == 0 ? text.compareTo(other.text) : bySource;
        }
    }

    private final Map<Kind, List<Instant>> lines = new TreeMap<>();

    void see(ServerEvent event) {
        if (event.getBody() instanceof ServerSignal signal && signal.getKind() == ServerSignalKind.NOISE) {
            EventHeader header = event.getHeader();
            String text = signal.getError() == null ? "" : signal.getError();
            lines.computeIfAbsent(new Kind(header.getSource(), shortened(text)), kind -> new ArrayList<>())
                    .add(header.getEventTime());
        }
    }

    List<Unreported> explain() {
        List<Unreported> told = new ArrayList<>();
        lines.forEach((kind, times) -> {
            times.sort(null);
            told.add(new Unreported(
                    reason(kind),
                    kind.source(),
                    null,
                    times.get(0),
                    times.get(times.size() - 1),
                    times.size(),
                    "noise: " + times.size() + " x "
                            + (kind.text().isEmpty() ? "a line without an error" : kind.text())));
        });
        return told;
    }

    private static Reason reason(Kind kind) {
        if (kind.source().startsWith(REGISTRAR)) {
            return Reason.REGISTRAR_NOISE;
        }
        return kind.text().toLowerCase(java.util.Locale.ROOT).contains("skipped")
                ? Reason.SKIPPED_EVENT_NOISE
                : Reason.FOREIGN_RESOURCE;
    }

    private static String shortened(String text) {
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + " ...";
    }
}
