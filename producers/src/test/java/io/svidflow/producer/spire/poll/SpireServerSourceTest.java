package io.svidflow.producer.spire.poll;

import static io.svidflow.producer.spire.poll.Running.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.svidflow.event.AgentEvent;
import io.svidflow.event.AgentListed;
import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.ServerEvent;
import io.svidflow.event.SourceFailure;
import io.svidflow.producer.Publication;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.live.InterposedOutlets;
import io.svidflow.producer.live.RecordingOutlets;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.producer.spire.api.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpireServerSourceTest {

    private static final Source SERVER = Source.of(SourceKind.SPIRE_SERVER);
    private static final PollSettings QUICK =
            new PollSettings(Duration.ofMillis(40), Duration.ofSeconds(2), Duration.ofSeconds(2), 2);

    private RecordingOutlets outlets = new RecordingOutlets("lab");
    private FakeSpire spire = new FakeSpire();
    private Running running;

    @AfterEach
    void end() throws InterruptedException {
        running.stop();
        spire.close();
    }

    @Test
    void shouldTellEveryEntryOfAListingInPages() {
        start(spire, 5);

        await().untilAsserted(() ->
                assertThat(told()).containsExactly("+entry-1", "+entry-2", "+entry-3", "+entry-4", "+entry-5"));
        assertThat(events("entry-4").get(0).key()).isEqualTo("lab/node-1");
        assertThat(events("entry-4").get(0).value()).isInstanceOfSatisfying(EntryEvent.class, event -> {
            assertThat(event.getHeader().getEventTime()).isEqualTo(Instant.ofEpochSecond(1_738_801_574L));
            assertThat(event.getHeader().getOrigin().getLocation()).contains("ListEntries");
        });
    }

    @Test
    void shouldTellWhatIsAddedChangedAndGone() {
        start(spire, 3);
        await().untilAsserted(() -> assertThat(told()).hasSize(3));

        spire.entries.remove(1);
        await().untilAsserted(() -> assertThat(told()).endsWith("-entry-2"));
        spire.entries.add(Samples.entry(4, 2));
        await().untilAsserted(() -> assertThat(told()).endsWith("+entry-4"));
        spire.entries.set(
                0, Entry.newBuilder(Samples.entry(1, 2)).setRevisionNumber(7).build());
        await().untilAsserted(() -> assertThat(told()).endsWith("+entry-1"));

        assertThat(told()).hasSize(6);
    }

    @Test
    void shouldTellWhichAgentIsEvictedAndWhichRenewed() {
        start(spire, 1);
        await().untilAsserted(() -> assertThat(agents()).hasSize(2));

        spire.agents.remove(1);
        await().untilAsserted(() -> assertThat(agents()).hasSize(3));
        spire.agents.set(
                0, Samples.agent(1).toBuilder().setX509SvidSerialNumber("99").build());
        await().untilAsserted(() -> assertThat(agents()).hasSize(4));

        assertThat(agents().get(2).getDeleted()).isTrue();
        assertThat(agents().get(2).getAgentId()).endsWith("node-uid-2");
        assertThat(agents().get(3).getSerial()).isEqualTo("99");
    }

    @Test
    void shouldNotTellThatAnEntryIsGoneWhichAListingLost() {
        FakeSpire.Shifting shifting = new FakeSpire.Shifting();
        start(shifting, 3);
        await().untilAsserted(() -> assertThat(told()).hasSize(3));

        shifting.hidden = "entry-2";
        await().until(() -> calls("GetEntry") > 2);
        assertThat(told()).hasSize(3);

        spire.entries.remove(1);
        await().untilAsserted(() -> assertThat(told()).endsWith("-entry-2"));
    }

    @Test
    void shouldLeaveOutTheEntryByWhichTheRegistrarTriesTheServer() {
        spire.entries.add(Samples.entry(9, 1).toBuilder()
                .setSpiffeId(Samples.id("/spire-controller-manager/unsupported-fields-test"))
                .build());
        start(spire, 1);

        await().untilAsserted(() -> assertThat(told()).containsExactly("+entry-1"));
    }

    @Test
    void shouldGoOnPromisingWhileNobodyAnswersAndTellWhenTheServerIsThere() {
        fill(spire, 2);
        running = run();
        await().untilAsserted(() -> assertThat(failures()).hasSizeGreaterThan(2));
        Instant promised = promised();
        await().until(() -> promised().isAfter(promised));

        assertThat(failures().get(0).getOperation()).isEqualTo("ListAgents");
        assertThat(failures().get(0).getError()).startsWith("rpc error: code = Unavailable desc = ");
        assertThat(told()).isEmpty();

        spire.start();
        await().untilAsserted(() -> assertThat(told()).containsExactly("+entry-1", "+entry-2"));
    }

    @Test
    void shouldTellThatAServerHangs() {
        start(new FakeSpire.Hanging(), 2);

        await().untilAsserted(() -> assertThat(failures()).isNotEmpty());
        assertThat(failures().get(0).getError())
                .matches("rpc error: code = DeadlineExceeded desc = context deadline exceeded: no answer"
                        + " \\(after \\d+ ms\\)");
        await().until(() -> outlets.of(SERVER).lastPosition().isPresent());
        assertThat(told()).isEmpty();
    }

    @Test
    void shouldTellThatAServerIsSlowAndWhatItAnswers() {
        spire = new FakeSpire.Slow(120);
        fill(spire, 1).start();
        running = new Running(
                source(new PollSettings(Duration.ofMillis(40), Duration.ofSeconds(10), Duration.ofMillis(50), 2)),
                outlets);

        await().untilAsserted(() -> assertThat(told()).containsExactly("+entry-1"));
        await().untilAsserted(() -> assertThat(failures()).isNotEmpty());
        assertThat(failures().get(0).getError()).matches("answered only after \\d+ ms");
    }

    @Test
    void shouldTellThatTheCallerIsNotPermitted() throws InterruptedException {
        start(FakeSpire.Failing.permissionDenied(), 1);

        await().untilAsserted(() -> assertThat(failures()).isNotEmpty());
        assertThat(failures().get(0).getError())
                .contains("code = PermissionDenied desc = authorization denied for method");
        assertThat(source(QUICK).check()).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .contains("grant it to this test: an entry with admin: true, or server.admin_ids"));
    }

    @Test
    void shouldPassOnWhatTheServerSaysOfItsDatastore() {
        FakeSpire.Failing failing = FakeSpire.Failing.datastoreDown();
        failing.fails = false;
        start(failing, 2);
        await().untilAsserted(() -> assertThat(told()).hasSize(2));

        failing.fails = true;
        await().untilAsserted(() ->
                assertThat(failures().stream().map(SourceFailure::getOperation)).contains("ListAgents", "ListEntries"));
        assertThat(failures().get(0).getError())
                .contains("code = Internal")
                .contains("datastore-sql: dial tcp 10.0.0.7:5432: connect: connection refused");
        assertThat(told()).hasSize(2);

        spire.entries.remove(0);
        failing.fails = false;
        await().untilAsserted(() -> assertThat(told()).endsWith("-entry-1"));
    }

    @Test
    void shouldKeepWhatCannotBeConfirmedToBeGone() {
        FakeSpire.Failing failing = new FakeSpire.Failing(Status.INTERNAL.withDescription("no"), "GetEntry");
        start(failing, 2);
        await().untilAsserted(() -> assertThat(told()).hasSize(2));

        spire.entries.remove(0);
        await().untilAsserted(() -> assertThat(failures()).isNotEmpty());
        assertThat(failures().get(0).getOperation()).isEqualTo("GetEntry");
        assertThat(told()).hasSize(2);

        failing.fails = false;
        await().untilAsserted(() -> assertThat(told()).endsWith("-entry-1"));
    }

    @Test
    void shouldNotListForEver() {
        start(new FakeSpire.Endless(), 0);

        await().untilAsserted(() -> assertThat(failures()).isNotEmpty());
        assertThat(failures().get(0).getError()).startsWith("the listing does not end: page token \"again\"");
    }

    @Test
    void shouldKeepAnEntryThatCannotBeUnderstoodOnce() {
        spire.entries.add(Entry.newBuilder().setId("odd").build());
        start(spire, 1);

        await().until(() -> calls("ListEntries") > 8);
        assertThat(told()).containsExactly("+entry-1");
        assertThat(outlets.of(SERVER).deadLetters())
                .singleElement()
                .asString()
                .contains("spiffe_id of entry odd is missing")
                .contains("{\"id\":\"odd\"}");
    }

    @Test
    void shouldTellAfterRestartsWhatIsGoneSinceAndTheRestUnderItsOldIds() throws InterruptedException {
        start(spire, 4);
        await().until(() -> outlets.of(SERVER).lastPosition().isPresent());
        String id = id(events("entry-1").get(0));
        running.stop();
        spire.entries.remove(2);
        spire.agents.remove(1);
        spire.close();

        outlets = outlets.restart();
        running = run();
        await().until(() -> outlets.of(SERVER).lastPosition().isPresent());
        running.stop();
        assertThat(told()).isEmpty();

        outlets = outlets.restart();
        spire.start();
        running = run();
        await().untilAsserted(() -> assertThat(told()).containsExactly("-entry-3", "+entry-1", "+entry-2", "+entry-4"));
        assertThat(events("entry-3").get(0).key()).isEqualTo("lab/node-2");
        assertThat(id(events("entry-1").get(0))).isEqualTo(id);
        assertThat(agents().stream().filter(AgentListed::getDeleted).map(AgentListed::getAgentId))
                .containsExactly("spiffe://lab.example/spire/agent/k8s_psat/lab/node-uid-2");
    }

    @Test
    void shouldStopAskingWhileNobodyTakesTheFactsAndTellWhatItFindsThen() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        spire = fill(spire, 3).start();
        running = new Running(source(QUICK), new InterposedOutlets(outlets, taken::await));
        await().until(() -> calls("ListAgents") > 0);
        spire.entries.remove(0);
        spire.entries.add(Samples.entry(4, 1));

        await().during(QUICK.interval().multipliedBy(10)).untilAsserted(() -> {
            assertThat(calls("ListAgents")).as("pages of one listing").isEqualTo(2);
            assertThat(calls("ListEntries")).isZero();
        });
        taken.countDown();
        await().untilAsserted(() -> assertThat(told()).containsExactly("+entry-2", "+entry-3", "+entry-4"));
    }

    @Test
    void shouldNotTellOfEntriesBeforeItKnowsTheAgents() {
        FakeSpire.Failing failing = new FakeSpire.Failing(Status.UNAVAILABLE.withDescription("no"), "ListAgents");
        start(failing, 1);
        await().untilAsserted(() -> assertThat(failures()).hasSizeGreaterThan(2));
        assertThat(told()).isEmpty();

        failing.fails = false;
        await().untilAsserted(() -> assertThat(told()).containsExactly("+entry-1"));
        assertThat(events("entry-1").get(0).key()).isEqualTo("lab/node-2");
    }

    private void start(FakeSpire server, int entries) {
        spire = fill(server, entries).start();
        running = run();
    }

    private Running run() {
        return new Running(source(QUICK), outlets);
    }

    private SpireServerSource source(PollSettings settings) {
        return new SpireServerSource(spire.endpoint(), settings, new NodeDirectory(), Clock.systemUTC());
    }

    /** Entries with odd numbers are on node-2, the others on node-1. */
    private static FakeSpire fill(FakeSpire spire, int entries) {
        spire.agents.add(Samples.agent(1));
        spire.agents.add(Samples.agent(2));
        for (int number = 1; number <= entries; number++) {
            spire.entries.add(Samples.entry(number, number % 2 == 0 ? 1 : 2));
        }
        return spire;
    }

    private long calls(String call) {
        return spire.calls.stream().filter(call::equals).count();
    }

    private Instant promised() {
        return outlets.of(SERVER).lastPosition().orElseThrow().until();
    }

    /** Plus for an entry that is there, minus for one that is gone, in the order in which it was told. */
    private List<String> told() {
        return bodies(EntryObserved.class)
                .map(body -> (body.getDeleted() ? "-" : "+") + body.getEntryId())
                .toList();
    }

    private List<Publication> events(String entry) {
        return outlets.of(SERVER).facts().stream()
                .filter(fact -> body(fact) instanceof EntryObserved body
                        && body.getEntryId().equals(entry))
                .toList();
    }

    private static String id(Publication fact) {
        return ((EntryEvent) fact.value()).getHeader().getId();
    }

    private List<AgentListed> agents() {
        return bodies(AgentListed.class).toList();
    }

    private List<SourceFailure> failures() {
        return bodies(SourceFailure.class).toList();
    }

    private <T> Stream<T> bodies(Class<T> type) {
        return outlets.of(SERVER).facts().stream()
                .map(SpireServerSourceTest::body)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static Object body(Publication fact) {
        if (fact.value() instanceof EntryEvent event) {
            return event.getBody();
        } else if (fact.value() instanceof AgentEvent event) {
            return event.getBody();
        }
        return ((ServerEvent) fact.value()).getBody();
    }
}
