package io.svidflow.producer.kubernetes.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.producer.kubernetes.KubernetesKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of one lane: its objects as they were last seen, and how far the lane has come. */
final class LaneMemory {

    private static final JsonMapper JSON = new JsonMapper();

    private final Lane lane;
    /** Objects by UID as they were last seen, as JSON: bytes take a fraction of what a tree does. */
    private final Map<String, byte[]> known = new HashMap<>();

    private final Set<String> remembered = new HashSet<>();
    private Set<String> mentioned;
    private Instant asked;
    private Instant saidSince;
    private boolean whole;
    private boolean current;
    private boolean begun;
    private boolean excused;
    private String version;
    private Instant complete;

    LaneMemory(Lane lane) {
        this.lane = lane;
    }

    /**
     * A listing begins.
     *
     * @param at when it was asked for
     */
    void listing(Instant at) {
        mentioned = new HashSet<>();
        asked = asked == null ? at : asked; // an attempt that failed has said a part, which need not be said again
    }

    /**
     * Since when this process has said everything that is there; null where it goes on with what an earlier one said, or
     * has not said everything yet.
     */
    Instant saidSince() {
        return saidSince;
    }

    /** Takes note of an object that an earlier process said was there. Whether that still counts shows later. */
    void remember(ObjectNode object) {
        remembered.add(uid(object));
        known.put(uid(object), bytes(object));
    }

    /** What was remembered counts as said, and nothing was missed since. */
    void resumed(String from) {
        remembered.clear();
        whole = true;
        reached(from, null);
    }

    /** Takes note of an object that is there; whether it was known, and known to be just so. */
    Novelty there(ObjectNode object) {
        String uid = uid(object);
        if (mentioned == null) {
            version = objectVersion(object, version);
        } else {
            mentioned.add(uid); // half a listing is no version to go on from
        }
        if (lane.kind() == KubernetesKind.EVENTS) {
            return Novelty.NEW;
        }
        byte[] now = bytes(object);
        byte[] before = known.put(uid, now);
        if (before == null) {
            return Novelty.NEW;
        }
        boolean same = Arrays.equals(before, now);
        return same && !remembered.remove(uid) ? Novelty.NONE : Novelty.CHANGED;
    }

    /** Whether an object that is there says something. */
    enum Novelty {
        /** It was not known. */
        NEW,
        /** It has changed. */
        CHANGED,
        /** It is as it was. */
        NONE
    }

    /** An object is gone. */
    void gone(ObjectNode object) {
        version = objectVersion(object, version);
        known.remove(uid(object));
    }

    /** The listing is complete: what it did not mention is gone, and is returned as it was last seen. */
    List<ObjectNode> listed(String listVersion, Instant at) {
        List<ObjectNode> vanished = new ArrayList<>();
        known.entrySet().removeIf(entry -> {
            boolean gone = !mentioned.contains(entry.getKey());
            if (gone) {
                vanished.add(object(entry.getValue()));
            }
            return gone;
        });
        mentioned = null;
        saidSince = whole ? saidSince : asked;
        whole = true;
        reached(listVersion, at);
        return vanished;
    }

    /** Everything up to a version has been said, and nothing that had happened at an instant is missing. */
    void reached(String newVersion, Instant until) {
        version = newVersion;
        complete = until == null ? complete : until;
        current = true;
        begun = true;
        excused = false;
    }

    /**
     * The objects cannot be observed.
     *
     * @param excuse whether nobody should wait for them: the kind does not exist or may not be looked at
     */
    void failed(boolean excuse) {
        begun = true;
        excused = excuse;
        current &= !excuse;
    }

    Lane lane() {
        return lane;
    }

    /** Something has come of the lane: it was listed, or could not be. */
    boolean begun() {
        return begun;
    }

    /** Its objects are known. */
    boolean current() {
        return current;
    }

    /** Nobody should wait for it. */
    boolean excused() {
        return excused;
    }

    /** From where a watch can go on; null before the first listing. */
    String version() {
        return version;
    }

    /** Until when nothing is missing; null: not yet. */
    Instant complete() {
        return complete;
    }

    /** How many objects there are. */
    int size() {
        return known.size();
    }

    /** All objects that are there. */
    List<ObjectNode> objects() {
        return known.values().stream().map(LaneMemory::object).toList();
    }

    /** Its UID; where there is none, its name. */
    private static String uid(ObjectNode object) {
        String uid = object.at("/metadata/uid").asText("");
        return uid.isEmpty()
                ? object.at("/metadata/namespace").asText("") + "/"
                        + object.at("/metadata/name").asText("")
                : uid;
    }

    private static String objectVersion(ObjectNode object, String fallback) {
        return object.at("/metadata/resourceVersion").asText(fallback);
    }

    private static byte[] bytes(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("was read as JSON: " + e.getMessage(), e);
        }
    }

    private static ObjectNode object(byte[] json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
