package io.svidflow.producer.spire.poll;

import io.svidflow.event.Origin;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Publication;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.RoutedAgents;
import io.svidflow.producer.spire.RoutedEntries;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Rounds of calls to one SPIRE server: first its agents, because they say which node an entry belongs to, then its
 * entries. Entries wait until the agents have been listed once: told to the wrong places, they would have to be taken
 * back. Not thread-safe.
 */
final class ServerRounds {

    private final Voice voice;
    private final Round<Agent> agents;
    private final Round<Entry> entries;
    private final Authorities authorities;
    private final Memory memory;
    private boolean agentsKnown;

    ServerRounds(
            SpireConnection connection, Voice voice, PollSettings settings, NodeDirectory directory, RawAnswers raw) {
        EventHeaders headers = voice.outlet().headers();
        RoutedAgents routedAgents = new RoutedAgents(headers, directory);
        RoutedEntries routedEntries = new RoutedEntries(headers, directory);
        this.voice = voice;
        this.agents = new Round<>(ListedKind.agents(), facts(routedAgents), connection, voice, settings, raw);
        this.entries = new Round<>(ListedKind.entries(), facts(routedEntries), connection, voice, settings, raw);
        this.authorities = new Authorities(connection, voice);
        this.memory = new Memory(routedAgents, routedEntries);
        voice.outlet().resumeFrom().ifPresent(memory::restore);
    }

    /** Asks once for everything. */
    void once() throws InterruptedException {
        boolean answered = agents.once();
        agentsKnown |= answered;
        voice.remember(memory.marks());
        if (agentsKnown) {
            answered &= entries.once();
            voice.remember(memory.marks());
        }
        if (answered) {
            authorities.once(); // else each call would have to be waited for, and nothing be promised meanwhile
        }
    }

    private static Round.Facts<Agent> facts(RoutedAgents agents) {
        return new Round.Facts<>() {
            @Override
            public List<Publication> of(Observation<Agent> observation) {
                return agents.agent(observation).stream().toList();
            }

            @Override
            public Collection<String> untold() {
                return agents.untold();
            }

            @Override
            public Publication vanished(String id, Instant at, long sequence, Origin origin) {
                return agents.vanished(id, at, sequence, origin);
            }
        };
    }

    private static Round.Facts<Entry> facts(RoutedEntries entries) {
        return new Round.Facts<>() {
            @Override
            public List<Publication> of(Observation<Entry> observation) {
                return entries.entry(observation);
            }

            @Override
            public Collection<String> untold() {
                return entries.untold();
            }

            @Override
            public Publication vanished(String id, Instant at, long sequence, Origin origin) {
                return entries.vanished(id, at, sequence, origin);
            }
        };
    }
}
