package io.svidflow.identity;

import static io.svidflow.scene.Bodies.agent;
import static io.svidflow.scene.Bodies.attested;
import static io.svidflow.scene.Bodies.entry;
import static io.svidflow.scene.Bodies.fetched;
import static io.svidflow.scene.Bodies.issuing;
import static io.svidflow.scene.Bodies.pod;
import static io.svidflow.scene.Bodies.refused;
import static io.svidflow.scene.Scene.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.IdentityState;
import io.svidflow.event.PodTransition;
import io.svidflow.event.RequestHabit;
import io.svidflow.event.SvidSignal;
import io.svidflow.event.SvidSignalKind;
import io.svidflow.scene.Bodies;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a pod is seen to ask, and where nobody can tell. */
class AskingTest {

    private final WatchedNode node = WatchedNode.healthy();

    @Test
    void shouldHearThatAPodNeverAsksWhereTheLogNamesEverybodyWhoDoes() {
        node.sees(-100, attested("neighbour"));
        registered("p", 0).sees(40, attested("neighbour")).waits(80);

        assertThat(last("p").getRequests()).isEqualTo(RequestHabit.SILENT);
        assertThat(last("p").getSilentSince()).isEqualTo(at(0));
        assertThat(node.state("p"))
                .as("its identity is not in doubt by that alone")
                .isEqualTo(IdentityState.HEALTHY);
    }

    @Test
    void shouldHearNothingAtInfoLevel() {
        registered("p", 0);
        for (int second = 2; second < 300; second += 20) {
            node.sees(second, Bodies.svid(SvidSignalKind.REFUSED).setPid(7L).build());
        }

        assertThat(node.told("p")).extracting(PodTransition::getRequests).containsOnly(RequestHabit.UNSEEN);
    }

    @Test
    void shouldNotHoldAgainstAPodWhatItAskedBeforeTheLogNamedAnybody() {
        registered("p", 0)
                .sees(30, attested("neighbour"))
                .sees(60, attested("neighbour"))
                .waits(300);

        assertThat(node.told("p")).extracting(PodTransition::getRequests).containsOnly(RequestHabit.UNSEEN);
    }

    @Test
    void shouldTellThePodsThatComeBackAfterTheirAgentStartedAnewFromThoseThatDoNot() {
        node.sees(-100, attested("neighbour"));
        registered("back", 0).sees(2, attested("back"));
        registered("lost", 0).sees(2, attested("lost"));
        node.sees(200, agent(AgentSignalKind.STARTED))
                .sees(205, issuing("back"))
                .sees(205, issuing("lost"));
        node.sees(210, attested("back")).waits(400);

        assertThat(last("back").getRequests()).isEqualTo(RequestHabit.RETURNED);
        assertThat(last("lost").getRequests()).isEqualTo(RequestHabit.CEASED);
        assertThat(last("lost").getSilentSince()).isEqualTo(at(200));
        assertThat(last("lost").getStreams()).isFalse();

        node.sees(410, refused("lost"));
        assertThat(last("lost").getRequests()).isEqualTo(RequestHabit.RETURNED);
    }

    @Test
    void shouldBePatientWithAPodThatAsksOnceInAWhile() {
        node.sees(-100, attested("neighbour"));
        registered("p", 0).sees(2, attested("p")).sees(302, attested("p"));
        node.sees(400, agent(AgentSignalKind.STARTED)).sees(405, issuing("p")).sees(410, attested("neighbour"));

        node.waits(600);
        assertThat(last("p").getRequests()).isNotEqualTo(RequestHabit.CEASED);
        node.sees(620, attested("p"));
        assertThat(last("p").getRequests()).isEqualTo(RequestHabit.RETURNED);
    }

    @Test
    void shouldKnowAStreamByTheSvidThatNobodyAskedFor() {
        node.sees(-100, attested("neighbour"));
        registered("p", 0).sees(2, attested("p")).sees(2.1, fetched("p", 3600)).sees(1800, fetched("p", 5400));
        node.sees(2000, agent(AgentSignalKind.STARTED)).sees(2005, issuing("p")).sees(2010, attested("neighbour"));
        node.waits(2200);

        assertThat(last("p").getRequests()).isEqualTo(RequestHabit.CEASED);
        assertThat(last("p").getStreams()).isTrue();
    }

    @Test
    void shouldNotTakeTheLostLineOfAReturnForSilence() {
        node.sees(-100, attested("neighbour"));
        registered("p", 0).sees(2, attested("p")).sees(2.1, fetched("p", 3600));
        node.sees(200, agent(AgentSignalKind.STARTED)).sees(205, issuing("p")).sees(210, attested("neighbour"));

        node.sees(210.1, fetched("p", 3810)).waits(600);

        assertThat(last("p").getRequests())
                .as("only the line that tells of its attestation is missing")
                .isEqualTo(RequestHabit.RETURNED);
        assertThat(last("p").getStreams())
                .as("what comes after the agent's start comes on demand")
                .isFalse();
    }

    @Test
    void shouldNotCallAPodSilentWhileSomebodyAsksWhomNobodyNames() {
        node.sees(-100, attested("neighbour"));
        node.sees(-50, answered(SvidSignalKind.FETCHED, 4711L));
        registered("p", 0).sees(2, answered(SvidSignalKind.FETCHED, 7L)).sees(40, attested("neighbour"));
        node.sees(50, answered(SvidSignalKind.FETCHED, 4711L)).waits(300);

        assertThat(node.told("p")).extracting(PodTransition::getRequests).containsOnly(RequestHabit.UNSEEN);
    }

    @Test
    void shouldCallAPodSilentThoughSomebodyIsUnnamedSinceBeforeItsStart() {
        node.sees(-100, attested("neighbour"));
        node.sees(-50, answered(SvidSignalKind.FETCHED, 4711L));
        registered("p", 0).sees(40, attested("neighbour")).sees(50, answered(SvidSignalKind.FETCHED, 4711L));
        node.waits(300);

        assertThat(last("p").getRequests()).isEqualTo(RequestHabit.SILENT);
    }

    @Test
    void shouldKnowAStrangerOnceALineNamesIt() {
        node.sees(-100, attested("neighbour"));
        registered("p", 0).sees(2, answered(SvidSignalKind.REFUSED, 7L));
        node.sees(
                4,
                Bodies.svid(SvidSignalKind.ATTESTED)
                        .setPid(7L)
                        .setPodUid("neighbour")
                        .build());
        node.waits(300);

        assertThat(last("p").getRequests()).isEqualTo(RequestHabit.SILENT);
    }

    private static SvidSignal answered(SvidSignalKind kind, long pid) {
        return Bodies.svid(kind).setPid(pid).build();
    }

    private WatchedNode registered(String uid, double started) {
        return node.sees(started, pod(uid, started))
                .sees(started + 1, entry(uid, started + 1))
                .sees(started + 1.5, issuing(uid));
    }

    private PodTransition last(String podUid) {
        List<PodTransition> told = node.told(podUid);
        return told.get(told.size() - 1);
    }
}
