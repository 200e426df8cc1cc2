package io.svidflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SilenceWatchTest {

    private final SilenceWatch watch = new SilenceWatch();
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(SilenceWatch.class);

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
        logger.setLevel(Level.WARN);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(said);
        logger.setLevel(null);
    }

    @Test
    void shouldSayOnceThatEverythingIsSilent() {
        watch.broken(0);
        watch.look(60_000, List.of());
        assertThat(said.list).isEmpty();

        watch.look(60_001, List.of());
        watch.look(120_000, List.of());

        assertThat(said.list).hasSize(1);
        assertThat(said.list.get(0).getFormattedMessage()).contains("identities are not watched");
    }

    @Test
    void shouldSpeakAgainAfterSomethingWasHeard() {
        watch.broken(0);
        watch.look(70_000, List.of());
        watch.broken(80_000);
        watch.look(100_000, List.of());
        watch.look(150_000, List.of());

        assertThat(said.list).hasSize(2);
    }

    @Test
    void shouldNameTheSourcesThatWereStopped() {
        watch.broken(0);
        watch.look(60_001, List.of("kubernetes"));

        assertThat(said.list.get(0).getFormattedMessage()).contains("start them again");
        assertThat(said.list.get(0).getKeyValuePairs())
                .anySatisfy(pair -> assertThat(pair.value).isEqualTo(List.of("kubernetes")));
    }

    @Test
    void shouldNotSpeakBeforeAnythingWasEverHeard() {
        watch.look(1_000_000, List.of());

        assertThat(said.list).isEmpty();
    }
}
