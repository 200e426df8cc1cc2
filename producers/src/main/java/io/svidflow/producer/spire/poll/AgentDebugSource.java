package io.svidflow.producer.spire.poll;

import io.svidflow.event.Origin;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.LiveSource;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.spire.AgentStatusMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the agent of one node is: when it last synchronised and what it holds, from its debug API or from its metrics, and
 * whether it finds itself healthy, from its health endpoint. An agent that cannot be asked is told of as a failed
 * observation.
 */
public final class AgentDebugSource implements LiveSource {

    private static final int MOST_ODD = 100;
    private static final Logger LOGGER = LoggerFactory.getLogger(AgentDebugSource.class);

    private final Source source;
    private final AgentPoll.Way way;
    private final Optional<AgentHealth> health;
    private final PollSettings settings;
    private final RawAnswers raw;
    private final Clock clock;

    /**
     * @param node name of the node, as Kubernetes has it
     * @param endpoint the agent's admin socket
     * @param health the agent's health endpoint; empty: not asked
     */
    public AgentDebugSource(
            String node, SpireEndpoint endpoint, Optional<AgentHealth> health, PollSettings settings, Clock clock) {
        this(node, endpoint, health, settings, RawAnswers.NONE, clock);
    }

    /** @param raw sees the answers themselves, see the other constructor for the rest */
    public AgentDebugSource(
            String node,
            SpireEndpoint endpoint,
            Optional<AgentHealth> health,
            PollSettings settings,
            RawAnswers raw,
            Clock clock) {
        this(node, DebugPoll.at(endpoint, settings.timeout()), health, settings, raw, clock);
    }

    /**
     * By its metrics, where there is no admin socket. They tell the last synchronisation less exactly, and neither the
     * agent's id nor when its SVID expires.
     *
     * @param node name of the node, as Kubernetes has it
     * @param metrics the agent's Prometheus endpoint
     * @param health the agent's health endpoint; empty: not asked
     */
    public AgentDebugSource(
            String node, AgentMetrics metrics, Optional<AgentHealth> health, PollSettings settings, Clock clock) {
        this(node, MetricsPoll.at(metrics), health, settings, RawAnswers.NONE, clock);
    }

    private AgentDebugSource(
            String node,
            AgentPoll.Way way,
            Optional<AgentHealth> health,
            PollSettings settings,
            RawAnswers raw,
            Clock clock) {
        this.source = new Source(SourceKind.AGENT_DEBUG, node);
        this.way = way;
        this.health = health;
        this.settings = settings;
        this.raw = raw;
        this.clock = clock;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void observe(Outlets outlets) throws InterruptedException {
        Outlet outlet = outlets.of(source);
        try (AgentPoll poll = way.open()) {
            Voice voice = new Voice(outlet, poll.address(), clock);
            FailedObservations failures = new FailedObservations(outlet.headers());
            Asking asking = new Asking(poll, voice, failures);
            Optional<AgentHealthFacts> healthFacts =
                    health.map(agent -> new AgentHealthFacts(agent, source.member(), voice, failures));
            while (!Thread.currentThread().isInterrupted()) {
                Instant next = clock.instant().plus(settings.interval());
                asking.once();
                if (healthFacts.isPresent()) {
                    healthFacts.get().ask();
                }
                voice.promise();
                voice.waitUntil(next);
            }
        }
        throw new InterruptedException("asked to stop");
    }

    /** Asks over and over, and tells. */
    private final class Asking {

        private final AgentPoll poll;
        private final Voice voice;
        private final FailedObservations failures;
        private final AgentStatusMapper mapper;
        private final Origin origin;
        private final Set<String> odd = new LinkedHashSet<>();
        private boolean failing;

        Asking(AgentPoll poll, Voice voice, FailedObservations failures) {
            this.poll = poll;
            this.voice = voice;
            this.failures = failures;
            this.mapper = new AgentStatusMapper(voice.outlet().headers(), source.member());
            this.origin = Voice.originAt(poll.address());
        }

        void once() throws InterruptedException {
            try {
                AgentPoll.Answer answer = poll.ask(clock.instant().truncatedTo(ChronoUnit.MICROS));
                Instant at = voice.next();
                answer.raw()
                        .ifPresent(info -> raw.answered(
                                RawAnswers.What.AGENT_DEBUG, at, Change.MODIFIED, Optional.of(source.member()), info));
                voice.say(List.of(mapper.told(new Observation<>(
                        at, Change.MODIFIED, answer.status(), voice.outlet().nextSequence(), origin))));
                keep(answer.odd());
                if (failing) {
                    LOGGER.atInfo().addKeyValue("node", source.member()).log("the agent answers again");
                }
                failing = false;
            } catch (CallFailedException e) {
                failed(e);
            }
        }

        private void failed(CallFailedException e) throws InterruptedException {
            Instant at = voice.next();
            if (poll.operation().equals(DebugPoll.GET_INFO)) {
                raw.failed(RawAnswers.What.AGENT_DEBUG, at, Optional.of(source.member()), e.getMessage());
            }
            voice.say(List.of(failures.ofNode(
                    at,
                    source.member(),
                    poll.operation(),
                    e.getMessage(),
                    voice.outlet().nextSequence(),
                    origin)));
            if (!failing) {
                LOGGER.atWarn()
                        .addKeyValue("node", source.member())
                        .addKeyValue("at", poll.address())
                        .addKeyValue("error", e.getMessage())
                        .log("the agent does not answer; asking again, each failure is a fact");
            }
            failing = true;
        }

        /** Once each: it will be there again in the next answer. */
        private void keep(Map<String, String> pieces) throws InterruptedException {
            for (Map.Entry<String, String> piece : pieces.entrySet()) {
                if (odd.size() < MOST_ODD && odd.add(piece.getKey())) {
                    voice.outlet().deadLetter(origin, piece.getKey(), piece.getValue());
                }
            }
        }
    }

    /**
     * Tries what the source needs.
     *
     * @return what is missing, each with its remedy; empty if everything is there
     */
    public List<String> check() throws InterruptedException {
        List<String> problems = new ArrayList<>(way.check(source.member()));
        if (health.isPresent()) {
            health.get().check().ifPresent(problems::add);
        }
        return problems;
    }
}
