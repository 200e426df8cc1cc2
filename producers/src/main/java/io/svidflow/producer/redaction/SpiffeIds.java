package io.svidflow.producer.redaction;

import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** Takes SPIFFE IDs apart: {@code spiffe://trust domain/part/part}. */
final class SpiffeIds {

    /** An ID within a text. */
    static final Pattern ID = Pattern.compile("spiffe://([A-Za-z0-9._-]+)((?:/[A-Za-z0-9._-]+)*)/?");

    private SpiffeIds() {}

    static void learn(String id, BiConsumer<NameKind, String> names) {
        var matcher = ID.matcher(id);
        if (matcher.find()) {
            names.accept(NameKind.TRUST_DOMAIN, matcher.group(1));
            for (String segment : matcher.group(2).split("/")) {
                if (!segment.isEmpty()) {
                    names.accept(NameKind.SEGMENT, segment);
                }
            }
        }
    }

    /** @param replace what stands in for a name of some kind */
    static String redact(String domain, String path, BiFunction<NameKind, String, String> replace) {
        StringBuilder id = new StringBuilder("spiffe://").append(replace.apply(NameKind.TRUST_DOMAIN, domain));
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                id.append('/').append(replace.apply(NameKind.SEGMENT, segment));
            }
        }
        return id.toString();
    }
}
