package io.svidflow.producer.spire.poll;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.svidflow.producer.spire.poll.SpireConnection.Answered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All objects of a kind, called over and over. The pages of one listing are not of one moment: what a listing lacks is
 * asked for by name before it is taken to be gone. Not thread-safe.
 */
final class Roll<T extends Message> {

    /** So many absent objects are asked for in one round; the others keep until the next. */
    static final int CONFIRMED_PER_ROUND = 1000;

    private final ListedKind<T> kind;
    private final PollSettings settings;
    private Map<String, T> known = new LinkedHashMap<>();

    Roll(ListedKind<T> kind, PollSettings settings) {
        this.kind = kind;
        this.settings = settings;
    }

    /** Told between the calls of a round, for which nothing else is held up. */
    interface BetweenCalls {
        void alive() throws InterruptedException;
    }

    /**
     * What a round found.
     *
     * @param added objects that were not known
     * @param kept objects that were known, changed or not
     * @param gone what was known and is no longer there, as it was last seen
     * @param absent ids of {@code expected} that are not there
     * @param slowest the longest call
     * @param failure why some of what the listing lacked could not be confirmed to be gone and is kept; null if all was
     */
    record Found<T>(
            List<T> added,
            List<T> kept,
            List<T> gone,
            List<String> absent,
            Duration slowest,
            CallFailedException failure) {}

    /**
     * Calls the roll.
     *
     * @param expected ids that should be there though nothing more is known of them: told by an earlier process
     * @throws CallFailedException if the listing is not complete: then nothing is known anew
     */
    Found<T> call(SpireConnection connection, Collection<String> expected, BetweenCalls between)
            throws CallFailedException, InterruptedException {
        Listing listing = list(connection, between);
        List<String> missing = new ArrayList<>();
        known.keySet().stream().filter(id -> !listing.items.containsKey(id)).forEach(missing::add);
        expected.stream().filter(id -> !listing.items.containsKey(id)).forEach(missing::add);
        List<T> gone = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        CallFailedException failure = null;
        int asked = 0;
        for (String id : missing) {
            T last = known.get(id);
            T again = last;
            boolean ask = failure == null && asked++ < CONFIRMED_PER_ROUND;
            if (ask) {
                try {
                    again = again(connection, id);
                    between.alive();
                } catch (CallFailedException e) {
                    failure = e;
                }
            }
            if (again != null) {
                listing.items.put(id, again);
            } else if (ask && failure == null && last != null) {
                gone.add(last);
            } else if (ask && failure == null) {
                absent.add(id);
            }
        }
        return found(listing, gone, absent, failure);
    }

    private Found<T> found(Listing listing, List<T> gone, List<String> absent, CallFailedException failure) {
        List<T> added = new ArrayList<>();
        List<T> kept = new ArrayList<>();
        listing.items.forEach((id, item) -> (known.containsKey(id) ? kept : added).add(item));
        known = listing.items;
        return new Found<>(added, kept, gone, absent, listing.slowest, failure);
    }

    /** @return null if the server says that there is none */
    private T again(SpireConnection connection, String id) throws CallFailedException, InterruptedException {
        try {
            return connection
                    .call(kind.get(), (channel, deadline) -> kind.gets().again(channel, deadline, id))
                    .answer();
        } catch (CallFailedException e) {
            if (e.code() == Status.Code.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private final class Listing {
        private final Map<String, T> items = new LinkedHashMap<>();
        private Duration slowest = Duration.ZERO;
    }

    private Listing list(SpireConnection connection, BetweenCalls between)
            throws CallFailedException, InterruptedException {
        Listing listing = new Listing();
        Set<String> tokens = new HashSet<>();
        String token = "";
        do {
            String asked = token;
            Answered<Page<T>> answered = connection.call(kind.list(), (channel, deadline) -> kind.lists()
                    .page(channel, deadline, settings.pageSize(), asked));
            Page<T> page = answered.answer();
            page.items().forEach(item -> listing.items.put(kind.id().apply(item), item));
            listing.slowest = answered.took().compareTo(listing.slowest) > 0 ? answered.took() : listing.slowest;
            token = page.next();
            if (!token.isEmpty() && !tokens.add(token)) {
                throw CallFailedException.because(
                        kind.list(),
                        "the listing does not end: page token \"" + token
                                + "\" was given twice; is this a SPIRE server?");
            }
            between.alive();
        } while (!token.isEmpty());
        return listing;
    }
}
