package io.svidflow.topology;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Speaks when everything is silent. Event time stands still then and no deadline can pass, so that this alone goes by the
 * wall clock. It tells operators and changes no verdict.
 */
final class SilenceWatch {

    /** How often it looks. */
    static final Duration EVERY = Duration.ofSeconds(30);

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final Logger LOGGER = LoggerFactory.getLogger(SilenceWatch.class);

    private long lastHeard = Long.MAX_VALUE;
    private boolean told;

    /** Something was heard. */
    void broken(long now) {
        lastHeard = now;
        told = false;
    }

    /**
     * Whether there has been nothing for a minute; said once, until something is heard again.
     *
     * @param stopped sources that took their leave
     */
    void look(long now, List<String> stopped) {
        if (told || lastHeard == Long.MAX_VALUE || now - lastHeard <= SILENCE.toMillis()) {
            return;
        }
        told = true;
        LoggingEventBuilder said = LOGGER.atWarn().addKeyValue("silentForSeconds", (now - lastHeard) / 1000);
        if (stopped.isEmpty()) {
            said.log("no source has been heard of: identities are not watched; check the producers");
        } else {
            said.addKeyValue("stopped", stopped)
                    .log("no source has been heard of since producers were stopped: identities are not watched;"
                            + " start them again");
        }
    }
}
