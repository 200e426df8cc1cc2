package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.event.EntryEvent;
import io.svidflow.event.EntryObserved;
import io.svidflow.event.Origin;
import io.svidflow.event.OriginKind;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Observation;
import io.svidflow.producer.Observation.Change;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.producer.spire.api.Entry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutedEntriesTest {

    private static final Instant AT = Instant.ofEpochSecond(1_738_801_570, 700_000_000);
    private static final Origin ORIGIN =
            Origin.newBuilder().setKind(OriginKind.API).setLocation("test").build();

    private final NodeDirectory directory = new NodeDirectory();
    private final RoutedEntries entries = new RoutedEntries(new EventHeaders("lab", "spire-server"), directory);
    private long sequence;

    @Test
    void shouldTakeBackWhatAnEarlierProcessToldToAnotherNode() {
        directory.pod("pod-1", "node-2");
        entries.restore(new Told("e-1", "node-1", "spiffe://lab.example/a", "spiffe://lab.example/b"));

        List<Publication> publications = entries.entry(seen(entry("/alias", "pod-1"), Change.ADDED));

        assertThat(publications).extracting(Publication::key).containsExactly("lab/node-1", "lab/node-2");
        assertThat(publications).extracting(fact -> body(fact).getDeleted()).containsExactly(true, false);
        assertThat(entries.untold()).isEmpty();
    }

    @Test
    void shouldTellWhatAnEarlierProcessToldAndIsGone() {
        Told told = new Told("entry-9", "node-1", "spiffe://lab.example/a", "spiffe://lab.example/b");
        entries.restore(told);
        assertThat(entries.told()).containsExactly(told);

        Publication publication = entries.vanished("entry-9", AT, 1, ORIGIN);

        assertThat(publication.key()).isEqualTo("lab/node-1");
        assertThat(body(publication).getDeleted()).isTrue();
        assertThat(body(publication).getParentId()).isEqualTo("spiffe://lab.example/b");
        assertThat(entries.told()).isEmpty();
    }

    @Test
    void shouldSendAnEntryToTheNodeOfItsPodAlsoWhereTheParentIsOnAnother() {
        directory.node("node-uid-1", "node-1");
        directory.pod("pod-1", "node-2");

        assertThat(only(entry("/spire/agent/k8s_psat/lab/node-uid-1", "pod-1"), Change.ADDED)
                        .key())
                .isEqualTo("lab/node-2");
    }

    @Test
    void shouldSendAnEntryOfAnUnknownPodToTheNodeOfItsParentAgent() {
        directory.node("node-uid-1", "node-1");

        Publication publication = only(entry("/spire/agent/k8s_psat/lab/node-uid-1", "pod-1"), Change.ADDED);

        assertThat(publication.key()).isEqualTo("lab/node-1");
        assertThat(body(publication).getPodUid()).isEqualTo("pod-1");
        assertThat(body(publication).getSelectors()).containsExactly("k8s:ns:shop", "k8s:pod-uid:pod-1");
        assertThat(body(publication).getSpiffeId()).isEqualTo("spiffe://lab.example/ns/shop/sa/cart");
    }

    @Test
    void shouldSendAnEntryOfAnUnknownParentToTheNodeOfItsPod() {
        directory.pod("pod-1", "node-2");

        assertThat(only(entry("/alias", "pod-1"), Change.ADDED).key()).isEqualTo("lab/node-2");
    }

    @Test
    void shouldSendAnEntryThatNobodyCanPlaceToEveryPartition() {
        Publication publication = only(entry("/alias", "pod-1"), Change.ADDED);

        assertThat(publication.key()).isEqualTo("lab");
        assertThat(publication.route()).isEqualTo(Route.EVERY_PARTITION);
        assertThat(header(publication).getNode()).isNull();
    }

    @Test
    void shouldTellTheOldPlaceThatAnEntryMoved() {
        directory.node("node-uid-1", "node-1");
        directory.node("node-uid-2", "node-2");
        only(entry("/spire/agent/k8s_psat/lab/node-uid-1", "pod-1"), Change.ADDED);

        var moved = entries.entry(seen(entry("/spire/agent/k8s_psat/lab/node-uid-2", "pod-1"), Change.MODIFIED));

        assertThat(moved).extracting(Publication::key).containsExactly("lab/node-1", "lab/node-2");
        assertThat(moved)
                .extracting(publication -> body(publication).getDeleted())
                .containsExactly(true, false);
    }

    @Test
    void shouldDateAnEntryByItsCreationUnlessThatIsLaterThanTheObservation() {
        Entry early = entry("/alias", "pod-1").toBuilder()
                .setId("early")
                .setCreatedAt(AT.getEpochSecond() - 3)
                .build();
        Entry rounded = entry("/alias", "pod-1").toBuilder()
                .setId("rounded")
                .setCreatedAt(AT.getEpochSecond() + 1)
                .build();

        assertThat(header(only(early, Change.ADDED)).getEventTime())
                .isEqualTo(Instant.ofEpochSecond(AT.getEpochSecond() - 3));
        assertThat(header(only(rounded, Change.ADDED)).getEventTime()).isEqualTo(AT);
        assertThat(header(only(early, Change.DELETED)).getEventTime()).isEqualTo(AT);
    }

    @Test
    void shouldKeepQuietAboutAnEntryThatDidNotChange() {
        Entry entry = entry("/alias", "pod-1");
        only(entry, Change.ADDED);

        assertThat(entries.entry(seen(entry, Change.ADDED))).isEmpty();
    }

    @Test
    void shouldNameWhatIsMissing() {
        Entry parentless = entry("/alias", "pod-1").toBuilder().clearParentId().build();

        assertThatThrownBy(() -> entries.entry(seen(parentless, Change.ADDED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parent_id of entry e-1");
    }

    private Publication only(Entry entry, Change change) {
        var publications = entries.entry(seen(entry, change));
        assertThat(publications).hasSize(1);
        return publications.get(0);
    }

    private Observation<Entry> seen(Entry entry, Change change) {
        return new Observation<>(AT, change, entry, sequence++, ORIGIN);
    }

    private static Entry entry(String parent, String podUid) {
        return SpireJson.read("""
            {"id": "e-1", "spiffeId": {"trustDomain": "lab.example", "path": "/ns/shop/sa/cart"},
             "parentId": {"trustDomain": "lab.example", "path": "%s"},
             "selectors": [{"type": "k8s", "value": "pod-uid:%s"}, {"type": "k8s", "value": "ns:shop"}],
             "createdAt": "1738801569", "aFieldOfTheFuture": {"x": 1}}\
            """.formatted(parent, podUid), Entry.newBuilder()).build();
    }

    private static EntryObserved body(Publication publication) {
        return (EntryObserved) ((EntryEvent) publication.value()).getBody();
    }

    private static io.svidflow.event.EventHeader header(Publication publication) {
        return ((EntryEvent) publication.value()).getHeader();
    }
}
