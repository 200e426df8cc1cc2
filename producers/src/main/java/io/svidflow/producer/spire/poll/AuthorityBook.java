package io.svidflow.producer.spire.poll;

import io.svidflow.event.AuthorityObserved;
import io.svidflow.event.AuthorityUse;
import io.svidflow.event.EventHeader;
import io.svidflow.event.ServerEvent;
import io.svidflow.producer.EventHeaders;
import io.svidflow.producer.Publication;
import io.svidflow.producer.Publication.Route;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what the authorities were at the look before, and tells what has become of them since: rotated, tainted, gone. Of
 * what happened before the first look nothing is known, so that all is told then. Not thread-safe.
 */
final class AuthorityBook {

    private static final String CALL = "authorities";

    private final Voice voice;
    private Map<String, AuthorityObserved> known = Map.of();

    AuthorityBook(Voice voice) {
        this.voice = voice;
    }

    /** What a look at all of them has shown. */
    void tell(AuthorityPage page) throws InterruptedException {
        Map<String, AuthorityObserved> now = new HashMap<>();
        List<AuthorityObserved> news = new ArrayList<>();
        for (AuthorityObserved authority : page.authorities()) {
            now.put(AuthorityPage.key(authority), authority);
            if (!authority.equals(known.get(AuthorityPage.key(authority)))) {
                news.add(authority);
            }
        }
        known.forEach((key, authority) -> {
            if (!now.containsKey(key)) {
                news.add(gone(authority));
            }
        });
        if (!news.isEmpty()) {
            Instant at = voice.next();
            voice.say(news.stream().map(authority -> fact(authority, at)).toList());
        }
        known = now;
    }

    private static AuthorityObserved gone(AuthorityObserved authority) {
        return AuthorityObserved.newBuilder()
                .setAuthorityId(authority.getAuthorityId())
                .setKind(authority.getKind())
                .setUse(AuthorityUse.GONE)
                .setTainted(authority.getTainted())
                .setExpiresAt(authority.getExpiresAt())
                .build();
    }

    private Publication fact(AuthorityObserved authority, Instant at) {
        EventHeaders headers = voice.outlet().headers();
        EventHeader header = headers.header(
                null,
                at,
                at,
                voice.outlet().nextSequence(),
                AuthorityPage.key(authority),
                authority.toString(),
                voice.origin(CALL));
        return new Publication(
                Topics.SERVER_EVENTS, headers.cluster(), new ServerEvent(header, authority), at, Route.BY_KEY);
    }
}
