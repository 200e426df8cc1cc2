package io.svidflow.producer.spire.poll;

import com.google.protobuf.Message;
import io.svidflow.producer.Observation.Change;
import java.time.Instant;
import java.util.Optional;

/**
 * Sees what SPIRE's servers and agents answer: the objects that facts were made of, in the order of their observation, and
 * the calls that failed. Called by the threads of the sources, which wait.
 */
public interface RawAnswers {

    /** What was asked for, by the name of its file in a bundle. */
    enum What {
        /** Registration entries. */
        ENTRIES("entries"),
        /** Agents as the server lists them. */
        AGENTS("agents"),
        /** What an agent says of itself. */
        AGENT_DEBUG("agent-debug");

        private final String file;

        What(String file) {
            this.file = file;
        }

        /** Name of the file in a bundle, without its ending. */
        public String file() {
            return file;
        }
    }

    /** Sees nothing. */
    RawAnswers NONE = new RawAnswers() {
        @Override
        public void answered(What what, Instant at, Change change, Optional<String> node, Message object) {}

        @Override
        public void failed(What what, Instant at, Optional<String> node, String error) {}
    };

    /**
     * An object was observed, and it differs from what was observed before.
     *
     * @param node whose agent answered; empty: the server did
     */
    void answered(What what, Instant at, Change change, Optional<String> node, Message object);

    /** A call failed. */
    void failed(What what, Instant at, Optional<String> node, String error);
}
