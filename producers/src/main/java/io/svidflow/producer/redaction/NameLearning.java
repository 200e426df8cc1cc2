package io.svidflow.producer.redaction;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.coverage.SourceKind.Members;

/** Finds the names in the fields that hold names, so that they are recognised in messages. */
final class NameLearning {

    private final Pseudonyms pseudonyms;

    NameLearning(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    void learn(FieldRule rule, String text) {
        switch (rule.treatment()) {
            case NAME -> pseudonyms.learn(rule.kind(), text);
            case SPIFFE_ID -> SpiffeIds.learn(text, pseudonyms::learn);
            case SOURCE -> Source.named(source(text)).ifPresent(this::learn);
            case SELECTOR -> {
                SelectorParts parts = SelectorParts.of(text);
                pseudonyms.learn(NameKind.VALUE, parts.label());
                pseudonyms.learn(parts.kind(), parts.value());
            }
            case SUBJECT, TEXT, KEEP, ID, DROP -> {
                // names stand in other fields
            }
        }
    }

    /** The source of a stream. */
    static String source(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    static NameKind member(SourceKind kind) {
        return kind.members() == Members.NODES ? NameKind.NODE : NameKind.POD;
    }

    private void learn(Source source) {
        pseudonyms.learn(member(source.kind()), source.member());
    }
}
