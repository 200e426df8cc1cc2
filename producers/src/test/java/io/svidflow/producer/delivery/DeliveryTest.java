package io.svidflow.producer.delivery;

import static io.svidflow.producer.publish.SampleFacts.MIDNIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.svidflow.event.AgentEvent;
import io.svidflow.event.DeadLetter;
import io.svidflow.event.Farewell;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.FailedObservations;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import io.svidflow.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeliveryTest {

    private static final Source KUBERNETES = Source.of(SourceKind.KUBERNETES);
    private static final Source DEBUG_1 = new Source(SourceKind.AGENT_DEBUG, "node-1");
    private static final Source DEBUG_2 = new Source(SourceKind.AGENT_DEBUG, "node-2");
    private static final Clock CLOCK = Clock.fixed(MIDNIGHT.plusSeconds(60), ZoneOffset.UTC);
    /** So that every position is due to be promised. */
    private static final Clock SECONDS = new Clock() {
        private final AtomicInteger minutes = new AtomicInteger();

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return MIDNIGHT.plus(Duration.ofMinutes(minutes.incrementAndGet()));
        }
    };

    private static final Origin SOMEWHERE =
            Origin.newBuilder().setKind(OriginKind.API).setLocation("somewhere").build();

    private final FakeBrokers brokers = new FakeBrokers();

    @AfterEach
    void close() {
        brokers.close();
    }

    @Test
    void shouldPromiseOnlyWhatWasAcknowledgedAndStored() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, DEBUG_1);
        brokers.goDown();

        outlet.publish(List.of(fact(outlet, "refused", 1)));
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        assertThat(brokers.taken()).isEmpty();
        brokers.comeBack();

        await().untilAsserted(() -> assertThat(brokers.taken())
                .extracting(FakeBrokers.Sent::topic)
                .containsExactly(Topics.AGENT_EVENTS.name(), Topics.CHECKPOINTS.name(), Topics.AGENT_EVENTS.name()));
        Heartbeat promise = heartbeats().get(0);
        assertThat(promise.getUntil()).isEqualTo(MIDNIGHT.plusSeconds(1));
        assertThat(promise.getExpected()).containsExactly(DEBUG_1.stream(Topics.AGENT_EVENTS));
    }

    @Test
    void shouldGiveNoHeartbeatWhileThePositionCannotBeStored() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, DEBUG_1);
        brokers.refuse(Topics.CHECKPOINTS, new TopicAuthorizationException("not you"));

        outlet.publish(List.of(fact(outlet, "refused", 1)));
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));

        await().until(() -> brokers.taken(Topics.AGENT_EVENTS).size() == 1);
        assertThat(heartbeats()).isEmpty();
        brokers.accept(Topics.CHECKPOINTS);
        await().until(() -> heartbeats().size() == 1);
    }

    @Test
    void shouldGoOnAfterARestartWithTheIdsThatOneProcessWouldHaveGiven() throws InterruptedException {
        Outlet first = brokers.outlet(CLOCK, DEBUG_1);
        String idOfFirst = publish(first, fact(first, "refused", 1));
        first.observed(Position.at(MIDNIGHT.plusSeconds(1)).with("offset", "17"));
        await().until(() -> heartbeats().size() == 1);
        String unpromised = publish(first, fact(first, "refused", 1));

        Outlet second = brokers.outlet(CLOCK, DEBUG_1);
        String again = publish(second, fact(second, "refused", 1));

        assertThat(second.resumeFrom())
                .contains(Position.at(MIDNIGHT.plusSeconds(1)).with("offset", "17"));
        assertThat(again).isEqualTo(unpromised).isNotEqualTo(idOfFirst);
        List<AgentEvent> repeated = brokers.taken(Topics.AGENT_EVENTS).stream()
                .map(AgentEvent.class::cast)
                .filter(event -> event.getHeader().getId().equals(again))
                .toList();
        assertThat(repeated).hasSize(2).allSatisfy(event -> assertThat(event).isEqualTo(repeated.get(0)));
    }

    @Test
    void shouldGoOnFromTheLastPositionWhenASourceIsStartedAgainInTheSameProcess() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(DEBUG_1));
        Outlet before = delivery.outletsOf("debug").of(DEBUG_1);
        publish(before, fact(before, "refused", 1));
        before.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        String unpromised = publish(before, fact(before, "refused", 1));

        Outlet after = delivery.outletsOf("debug").of(DEBUG_1);

        assertThat(after.resumeFrom()).contains(Position.at(MIDNIGHT.plusSeconds(1)));
        assertThat(publish(after, fact(after, "refused", 1))).isEqualTo(unpromised);
        assertThatThrownBy(() -> before.observed(Position.at(MIDNIGHT.plusSeconds(2))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent-debug/node-1");
    }

    @Test
    void shouldLetASourceBeSpokenForOnce() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(DEBUG_1));
        delivery.outletsOf("one").of(DEBUG_1);
        Outlets other = delivery.outletsOf("other");

        assertThatThrownBy(() -> other.of(DEBUG_1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("both one and other speak for agent-debug/node-1");
    }

    @Test
    void shouldTryAgainUntilTheBrokersTakeIt() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, DEBUG_1);
        brokers.refuse(Topics.AGENT_EVENTS, new TopicAuthorizationException("not you"));

        String id = publish(outlet, fact(outlet, "refused", 1));
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        await().pollDelay(java.time.Duration.ofMillis(30))
                .until(() -> brokers.taken().isEmpty());
        brokers.accept(Topics.AGENT_EVENTS);

        await().until(() -> heartbeats().size() == 1);
        AgentEvent fact = (AgentEvent) brokers.taken(Topics.AGENT_EVENTS).get(0);
        assertThat(fact.getHeader().getId()).isEqualTo(id);
    }

    @Test
    void shouldConnectAnewAfterAnErrorThatAProducerDoesNotRecoverFrom() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, DEBUG_1);
        brokers.refuse(Topics.AGENT_EVENTS, new ClusterAuthorizationException("no idempotent writes for you"));

        publish(outlet, fact(outlet, "refused", 1));
        await().until(() -> brokers.connections() > 1);
        brokers.accept(Topics.AGENT_EVENTS);

        await().until(() -> brokers.taken(Topics.AGENT_EVENTS).size() == 1);
    }

    @Test
    void shouldKeepAFactThatIsTooLargeAsADeadLetterAndGoOn() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, DEBUG_1);
        brokers.refuse(Topics.AGENT_EVENTS, new RecordTooLargeException("1100000 bytes"));

        publish(outlet, fact(outlet, "refused", 1));
        await().until(() -> brokers.taken(Topics.DEAD_LETTERS).size() == 1);
        brokers.accept(Topics.AGENT_EVENTS);
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));

        await().until(() -> heartbeats().size() == 1);
        DeadLetter letter = (DeadLetter) brokers.taken(Topics.DEAD_LETTERS).get(0);
        assertThat(letter.getSource()).isEqualTo("agent-debug/node-1");
        assertThat(letter.getReason()).contains("1100000 bytes").contains("raise max.request.size");
        assertThat(letter.getRaw()).contains("prod/node-1");
    }

    @Test
    void shouldHoldUpOneSourceAndNotTheOthers() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(KUBERNETES, DEBUG_1));
        Outlet kubernetes = delivery.outletsOf("kubernetes").of(KUBERNETES);
        Outlet debug = delivery.outletsOf("debug").of(DEBUG_1);
        brokers.refuse(Topics.AGENT_EVENTS, new TopicAuthorizationException("not you"));

        publish(debug, fact(debug, "refused", 1));
        debug.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        kubernetes.observed(Position.at(MIDNIGHT.plusSeconds(2)));

        await().until(() -> brokers.taken(Topics.NODE_EVENTS).size() == 1);
        assertThat(heartbeats()).isEmpty();
        assertThat(delivery.statuses())
                .filteredOn(status -> status.source().equals(DEBUG_1))
                .allSatisfy(status -> assertThat(status.problem().orElseThrow()).contains("not you"));
        assertThat(delivery.statuses())
                .filteredOn(status -> status.source().equals(KUBERNETES))
                .allSatisfy(status -> assertThat(status.problem()).isEmpty());
    }

    @Test
    void shouldStopASourceThatIsAheadOfTheBrokersAndLetItGoOn() throws Exception {
        Delivery delivery = brokers.process(CLOCK, List.of(DEBUG_1, DEBUG_2), 40_000);
        Outlet outlet = delivery.outletsOf("one").of(DEBUG_1);
        Outlet other = delivery.outletsOf("two").of(DEBUG_2);
        brokers.goDown();
        AtomicInteger handedOver = new AtomicInteger();
        Thread source = new Thread(() -> {
            try {
                for (int second = 0; second < 1_000; second++) {
                    outlet.publish(List.of(fact(outlet, "refused", second)));
                    handedOver.incrementAndGet();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        source.start();
        await().until(() -> source.getState() == Thread.State.WAITING);
        assertThat(handedOver.get()).isBetween(5, 40);
        publish(other, fact(other, "DEBUG_2 has its own share", 1));
        brokers.comeBack();

        source.join();
        await().until(() -> brokers.taken(Topics.AGENT_EVENTS).size() == 1_001);
    }

    @Test
    void shouldPromiseNothingThatAnInterruptKeptFromTheBrokers() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(DEBUG_1), 4_000);
        Outlet before = delivery.outletsOf("debug").of(DEBUG_1);
        brokers.goDown();
        publish(before, fact(before, "refused", 1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> {
                    while (true) {
                        publish(before, fact(before, "lost", 1));
                    }
                })
                .isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> before.observed(Position.at(MIDNIGHT.plusSeconds(1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("interrupted");
        brokers.comeBack();

        Outlet after = delivery.outletsOf("debug").of(DEBUG_1);
        publish(after, fact(after, "lost", 1));
        after.observed(Position.at(MIDNIGHT.plusSeconds(1)));

        await().until(() -> heartbeats().size() == 1);
    }

    @Test
    void shouldSayWhatWasMissedAndSinceWhenItCoversAgain() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, KUBERNETES);
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        await().until(() -> promises(Topics.NODE_EVENTS).size() == 1);

        outlet.gap(MIDNIGHT.plusSeconds(1), MIDNIGHT.plusSeconds(9), "too old (410)");
        Outlet next = brokers.outlet(at(90), KUBERNETES);
        next.gap(MIDNIGHT.plusSeconds(1), MIDNIGHT.plusSeconds(10), "relisted");
        next.observed(Position.at(MIDNIGHT.plusSeconds(10)));
        await().until(() -> promises(Topics.NODE_EVENTS).size() == 2);
        Outlet unbroken = brokers.outlet(at(120), KUBERNETES);
        unbroken.observed(Position.at(MIDNIGHT.plusSeconds(20)));
        await().until(() -> promises(Topics.NODE_EVENTS).size() == 3);

        assertThat(promises(Topics.NODE_EVENTS))
                .extracting(Heartbeat::getCoveredSince)
                .containsExactly(MIDNIGHT.plusSeconds(1), MIDNIGHT.plusSeconds(10), MIDNIGHT.plusSeconds(10));
        List<SourceFailure> gaps = brokers.taken(Topics.SERVER_EVENTS).stream()
                .map(event -> ((ServerEvent) event).getBody())
                .filter(SourceFailure.class::isInstance)
                .map(SourceFailure.class::cast)
                .toList();
        assertThat(gaps).hasSize(2);
        assertThat(gaps.get(0).getOperation()).isEqualTo(FailedObservations.GAP);
        assertThat(gaps.get(0).getError()).contains("2025-02-06T00:00:01Z", "2025-02-06T00:00:09Z", "410");
    }

    @Test
    void shouldPromiseWhatCameBeforeAGapBeforeItsEnd() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, KUBERNETES);
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(2)));
        outlet.gap(MIDNIGHT.plusSeconds(2), MIDNIGHT.plusSeconds(9), "too old (410)");
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(5)));

        await().until(() -> promises(Topics.NODE_EVENTS).size() == 2);
        assertThat(promises(Topics.NODE_EVENTS))
                .extracting(Heartbeat::getUntil)
                .containsExactly(MIDNIGHT.plusSeconds(1), MIDNIGHT.plusSeconds(2));
    }

    @Test
    void shouldNotGoBack() throws InterruptedException {
        Outlet outlet = brokers.outlet(CLOCK, KUBERNETES);
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(2)));

        assertThatThrownBy(() -> outlet.observed(Position.at(MIDNIGHT.plusSeconds(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kubernetes has observed until 2025-02-06T00:00:02Z");
    }

    @Test
    void shouldForgetASourceThatIsGone() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(KUBERNETES, DEBUG_1));
        Outlets outlets = delivery.outletsOf("debug");
        outlets.of(DEBUG_1).observed(Position.at(MIDNIGHT.plusSeconds(1)));
        await().until(() -> brokers.taken(Topics.CHECKPOINTS).size() == 1);

        outlets.release(DEBUG_1);

        FakeBrokers.Sent last = brokers.taken().get(brokers.taken().size() - 1);
        assertThat(last.message().key()).isEqualTo("prod/agent-debug/node-1");
        assertThat(last.message().value()).isNull();
        assertThat(farewells()).as("before its position is forgotten").containsExactly(Farewell.GONE);
        assertThat(delivery.statuses()).isEmpty();
    }

    @Test
    void shouldSayThatASourceIsGoneOnceThatIsAllowed() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(KUBERNETES, DEBUG_1));
        Outlets outlets = delivery.outletsOf("debug");
        outlets.of(DEBUG_1).observed(Position.at(MIDNIGHT.plusSeconds(1)));
        await().until(() -> heartbeats().size() == 1);
        brokers.refuse(Topics.AGENT_EVENTS, new TopicAuthorizationException("not you"));
        Thread releasing =
                new Thread(() -> assertThatCode(() -> outlets.release(DEBUG_1)).doesNotThrowAnyException());
        releasing.start();

        await().until(() ->
                delivery.statuses().stream().anyMatch(status -> status.problem().isPresent()));
        assertThat(brokers.known()).as("its position").containsExactly(DEBUG_1);
        brokers.accept(Topics.AGENT_EVENTS);

        releasing.join();
        assertThat(farewells()).containsExactly(Farewell.GONE);
    }

    @Test
    void shouldTakeLeaveWhenItIsStoppedAndPromiseNothingNewWithIt() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(KUBERNETES, DEBUG_1));
        Outlet outlet = delivery.outletsOf("debug").of(DEBUG_1);
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)));
        await().until(() -> heartbeats().size() == 1);
        publish(outlet, fact(outlet, "refused", 2));
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(3)));

        delivery.close();

        Heartbeat last = heartbeats().get(1);
        assertThat(heartbeats()).hasSize(2);
        assertThat(last.getFarewell()).isEqualTo(Farewell.STOPPED);
        assertThat(last.getUntil()).isEqualTo(MIDNIGHT.plusSeconds(1));
        Outlet successor = brokers.outlet(CLOCK, DEBUG_1);
        successor.observed(Position.at(MIDNIGHT.plusSeconds(4)));
        await().until(() -> heartbeats().size() == 3);
        assertThat(heartbeats().get(2).getFarewell()).isNull();
        assertThat(heartbeats().get(2).getCoveredSince())
                .as("covered without a break")
                .isEqualTo(last.getCoveredSince());
    }

    @Test
    void shouldNotTakeLeaveOfWhoHasNeverHeardOfIt() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(KUBERNETES, DEBUG_1));
        delivery.outletsOf("debug").of(DEBUG_1);

        delivery.close();

        assertThat(brokers.taken()).isEmpty();
    }

    @Test
    void shouldStoreALargeMarkOnlyWhenItHasChanged() throws InterruptedException {
        Outlet outlet = brokers.outlet(SECONDS, DEBUG_1);
        for (int second = 1; second <= 20; second++) {
            outlet.observed(Position.at(MIDNIGHT.plusSeconds(second))
                    .with("told", large(second / 7))
                    .with("small", "x"));
            int promises = second;
            await().until(() -> heartbeats().size() == promises);
        }

        int bytes = brokers.taken().stream()
                .filter(sent -> sent.topic().equals(Topics.CHECKPOINTS.name()))
                .mapToInt(sent -> sent.message().value().length)
                .sum();
        assertThat(bytes).as("3 values, 20 positions").isBetween(3 * 100_000, 3 * 100_000 + 20 * 500);
        assertThat(brokers.outlet(CLOCK, DEBUG_1).resumeFrom())
                .contains(Position.at(MIDNIGHT.plusSeconds(20))
                        .with("told", large(2))
                        .with("small", "x"));
    }

    @Test
    void shouldFindTheLargeMarkOfThePositionThatWasStoredLast() throws InterruptedException {
        Outlet outlet = brokers.outlet(SECONDS, DEBUG_1);
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(1)).with("told", large(1)));
        await().until(() -> heartbeats().size() == 1);
        brokers.losePositionsFromNowOn();
        outlet.observed(Position.at(MIDNIGHT.plusSeconds(2)).with("told", large(2)));
        await().until(() -> brokers.checkpoints().size() == 3);

        assertThat(brokers.outlet(CLOCK, DEBUG_1).resumeFrom())
                .as("killed between the mark and the position")
                .contains(Position.at(MIDNIGHT.plusSeconds(1)).with("told", large(1)));
    }

    @Test
    void shouldForgetLargeMarksWithTheirSource() throws InterruptedException {
        Outlets outlets = brokers.process(SECONDS, List.of(DEBUG_1)).outletsOf("debug");
        outlets.of(DEBUG_1).observed(Position.at(MIDNIGHT.plusSeconds(1)).with("told", large(1)));
        await().until(() -> brokers.checkpoints().size() == 2);

        outlets.release(DEBUG_1);

        assertThat(brokers.checkpoints()).isEmpty();
    }

    @Test
    void shouldKeepWhatIsNobodysBeforeItGoesOn() throws InterruptedException {
        Delivery delivery = brokers.process(CLOCK, List.of(KUBERNETES));

        delivery.outletsOf("log-topic").deadLetter("log-topic", SOMEWHERE, "{", "no JSON; look at the shipper");

        DeadLetter letter = (DeadLetter) brokers.taken(Topics.DEAD_LETTERS).get(0);
        assertThat(letter.getSource()).isEqualTo("log-topic");
        assertThat(letter.getRaw()).isEqualTo("{");
    }

    private static String large(int number) {
        return String.valueOf((char) ('a' + number)).repeat(100_000);
    }

    private List<Farewell> farewells() {
        return heartbeats().stream()
                .map(Heartbeat::getFarewell)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String publish(Outlet outlet, Publication fact) throws InterruptedException {
        outlet.publish(List.of(fact));
        return ((AgentEvent) fact.value()).getHeader().getId();
    }

    private static Publication fact(Outlet outlet, String error, int second) {
        String node = outlet.headers().source().split("/")[1];
        return new FailedObservations(outlet.headers())
                .ofNode(MIDNIGHT.plusSeconds(second), node, "GetInfo", error, outlet.nextSequence(), SOMEWHERE);
    }

    private static Clock at(int second) {
        return Clock.fixed(MIDNIGHT.plusSeconds(second), ZoneOffset.UTC);
    }

    private List<Heartbeat> heartbeats() {
        return promises(Topics.AGENT_EVENTS);
    }

    private List<Heartbeat> promises(io.svidflow.topic.Topic<?> topic) {
        return brokers.taken(topic).stream()
                .map(event -> event instanceof AgentEvent agent ? agent.getBody() : ((NodeEvent) event).getBody())
                .filter(Heartbeat.class::isInstance)
                .map(Heartbeat.class::cast)
                .toList();
    }
}
