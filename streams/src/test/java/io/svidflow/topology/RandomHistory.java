package io.svidflow.topology;

import static io.svidflow.scene.Scene.NODE;
import static io.svidflow.scene.Scene.fact;

import io.svidflow.event.AgentSignalKind;
import io.svidflow.event.ConditionStatus;
import io.svidflow.scene.Bodies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** What may happen on one node in three minutes, by a seed, and the ways in which it may arrive. */
final class RandomHistory {

    static final int END = 180;

    record Dated(double second, SpecificRecord event) {}

    private final Random random;
    private final List<Dated> facts = new ArrayList<>();

    RandomHistory(long seed) {
        random = new Random(seed);
        add(0, Bodies.node(NODE));
        add(0, Bodies.agentPod("agent", -100, true));
        add(0, Bodies.agentListed(false));
        for (int n = 0; n < 4; n++) {
            pod("p" + n);
        }
        surroundings();
    }

    private void pod(String uid) {
        double start = second(100);
        add(start, random.nextInt(4) == 0 ? Bodies.unselected(uid, start) : Bodies.pod(uid, start));
        for (int n = random.nextInt(6); n > 0; n--) {
            add(start + second(60), random.nextInt(3) == 0 ? Bodies.attestationFailed(uid) : Bodies.refused(uid));
        }
        if (random.nextInt(3) > 0) {
            double created = start + second(80);
            add(created, Bodies.entry(uid, created));
            if (random.nextInt(3) > 0) {
                add(created + second(20), Bodies.issuing(uid));
            }
        }
        if (random.nextInt(5) == 0) {
            add(start + second(40), Bodies.pod(uid, start + 30)); // its container is restarted
        }
        if (random.nextInt(4) == 0) {
            add(start + 60 + second(60), Bodies.gone(uid));
            add(start + 60 + second(60), Bodies.entryGone(uid));
        }
    }

    private void surroundings() {
        if (random.nextBoolean()) {
            double from = second(100);
            for (double gap = 7.5; gap < 50; gap *= 1.5) {
                add(from += gap, Bodies.syncFailed("connection refused"));
            }
        }
        if (random.nextInt(3) == 0) {
            double down = second(100);
            add(down, Bodies.node(NODE, ConditionStatus.UNKNOWN, "boot-1"));
            add(down + second(40), Bodies.node(NODE, ConditionStatus.TRUE, "boot-2"));
        }
        if (random.nextInt(4) == 0) {
            add(second(150), random.nextBoolean() ? Bodies.agentListed(true) : Bodies.agentUnlisted());
        }
        if (random.nextInt(4) == 0) {
            add(second(150), Bodies.agent(AgentSignalKind.STARTED));
        }
    }

    private double second(int bound) {
        return random.nextInt(bound * 1000) / 1000.0;
    }

    private void add(double second, SpecificRecord body) {
        facts.add(new Dated(Math.min(second, END), fact(Math.min(second, END), body)));
    }

    /** In the order in which it happened, each fact published at once. */
    void playInOrder(Stages stages) {
        List<Dated> ordered = new ArrayList<>(facts);
        ordered.sort(Comparator.comparingDouble(Dated::second));
        play(stages, ordered, false);
    }

    /** In any order that heartbeats allow: no heartbeat before its facts; some facts twice. */
    void playShuffled(Stages stages) {
        List<Dated> shuffled = new ArrayList<>(facts);
        Collections.shuffle(shuffled, random);
        play(stages, shuffled, true);
    }

    private void play(Stages stages, List<Dated> arriving, boolean early) {
        List<Dated> left = new ArrayList<>(arriving);
        for (int until = 0; until <= END; until += 5) {
            for (Dated dated : List.copyOf(left)) {
                if (dated.second() <= until || (early && random.nextInt(20) == 0)) {
                    stages.publish(until, dated.event());
                    if (early && random.nextInt(5) == 0) {
                        stages.publish(until, dated.event());
                    }
                    left.remove(dated);
                }
            }
            stages.heartbeats(until);
        }
    }
}
