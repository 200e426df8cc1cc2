package io.svidflow.producer.spire.poll;

import com.google.protobuf.Message;
import io.svidflow.event.Origin;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import io.svidflow.producer.spire.poll.Roll.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for all objects of a kind, and tells what became of them, or what could not be seen. Not thread-safe. */
final class Round<T extends Message> {

    private static final Logger LOGGER = LoggerFactory.getLogger(Round.class);

    private final ListedKind<T> kind;
    private final Facts<T> facts;
    private final SpireConnection connection;
    private final Voice voice;
    private final PollSettings settings;
    private final RawAnswers raw;
    private final Roll<T> roll;
    private final FailedObservations failures;
    private final OddObjects odd;
    private final Origin origin;
    private Instant failingSince;

    /** From the objects of a kind to facts. */
    interface Facts<T> {

        /** Facts that an observation gives, none if nothing changed. */
        List<Publication> of(Observation<T> observation);

        /** Ids of which only an earlier process told. */
        Collection<String> untold();

        /** One of these is gone. */
        Publication vanished(String id, Instant at, long sequence, Origin origin);
    }

    Round(
            ListedKind<T> kind,
            Facts<T> facts,
            SpireConnection connection,
            Voice voice,
            PollSettings settings,
            RawAnswers raw) {
        this.kind = kind;
        this.facts = facts;
        this.connection = connection;
        this.voice = voice;
        this.settings = settings;
        this.raw = raw;
        this.roll = new Roll<>(kind, settings);
        this.failures = new FailedObservations(voice.outlet().headers());
        this.odd = new OddObjects(voice.outlet());
        this.origin = voice.origin(kind.list());
    }

    /** @return whether everything could be listed */
    boolean once() throws InterruptedException {
        Found<T> found;
        try {
            found = roll.call(connection, facts.untold(), voice::keepPromising);
        } catch (CallFailedException e) {
            failed(e);
            return false;
        }
        Instant at = voice.next();
        List<Publication> said = new ArrayList<>();
        for (String id : found.absent()) {
            said.add(facts.vanished(id, at, voice.outlet().nextSequence(), origin));
        }
        observe(found.gone(), Change.DELETED, at, said);
        observe(found.added(), Change.ADDED, at, said);
        observe(found.kept(), Change.MODIFIED, at, said);
        voice.say(said);
        if (found.failure() != null) {
            failed(found.failure());
        } else {
            answered(found.slowest());
        }
        return true;
    }

    private void observe(List<T> objects, Change change, Instant at, List<Publication> said)
            throws InterruptedException {
        for (T object : objects) {
            try {
                List<Publication> made = facts.of(
                        new Observation<>(at, change, object, voice.outlet().nextSequence(), origin));
                said.addAll(made);
                if (!made.isEmpty()) {
                    raw.answered(kind.what(), at, change, Optional.empty(), object);
                }
            } catch (IllegalArgumentException e) {
                odd.keep(object, e.getMessage(), origin);
            }
        }
    }

    private void failed(CallFailedException failure) throws InterruptedException {
        Instant at = voice.next();
        raw.failed(kind.what(), at, Optional.empty(), failure.getMessage());
        voice.say(List.of(failures.ofCluster(
                at, failure.operation(), failure.getMessage(), voice.outlet().nextSequence(), origin)));
        if (failingSince == null) {
            failingSince = at;
            LOGGER.atWarn()
                    .addKeyValue("call", failure.operation())
                    .addKeyValue("at", origin.getLocation())
                    .addKeyValue("error", failure.getMessage())
                    .log("the SPIRE server does not tell; asking again, each failure is a fact");
        }
    }

    private void answered(Duration slowest) throws InterruptedException {
        if (slowest.compareTo(settings.slow()) > 0) {
            String text = "answered only after " + slowest.toMillis() + " ms";
            voice.say(List.of(failures.ofCluster(
                    voice.next(), kind.list(), text, voice.outlet().nextSequence(), origin)));
        }
        if (failingSince != null) {
            LOGGER.atInfo()
                    .addKeyValue("call", kind.list())
                    .addKeyValue("at", origin.getLocation())
                    .addKeyValue("failingSince", failingSince)
                    .log("the SPIRE server tells again");
            failingSince = null;
        }
    }
}
