package io.svidflow.producer.redaction;

import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.coverage.SourceKind;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Replaces names in the texts of facts, each as its rule says. */
final class TextRedaction {

    private static final Pattern IPV4 = Pattern.compile(
            "(?<![\\w.])(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?![\\w]|\\.\\d)");
    private static final Pattern IPV6 =
            Pattern.compile("(?<![\\w:.])(?=[0-9a-fA-F:]*::|(?:[0-9a-fA-F]{1,4}:){7})[0-9a-fA-F:]{3,39}(?![\\w:])");
    private static final Pattern HOST = Pattern.compile(
            "(?<![\\w.-])(?<![^/]/)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[a-z]{2,24}(?![\\w-]|\\.\\w)");
    /** What an error message calls by its name. */
    private static final Pattern CALLED = Pattern.compile("(?<=\\b(?:user|role|database|volume|secret|configmap"
            + "|configmaps|serviceaccount|serviceaccounts|host|pod|pods|node|nodes|namespace|namespaces) \\\\?\")"
            + "[^\"\\\\]+");

    private static final Set<String> FILE_ENDINGS = Set.of(
            "go", "sock", "crt", "key", "pem", "conf", "hcl", "yaml", "yml", "json", "jsonl", "log", "txt", "db",
            "sqlite", "service", "slice", "scope", "avro");

    private final Pseudonyms pseudonyms;
    private final KnownNames names;

    TextRedaction(Pseudonyms pseudonyms, KnownNames names) {
        this.pseudonyms = pseudonyms;
        this.names = names;
    }

    String redact(FieldRule rule, String text) {
        return switch (rule.treatment()) {
            case KEEP -> text;
            case NAME -> pseudonyms.of(rule.kind(), text);
            case SELECTOR -> selector(text);
            case SOURCE -> source(text);
            case SPIFFE_ID, TEXT -> text(text);
            case SUBJECT -> subject(text);
            case ID -> pseudonyms.id(text);
            case DROP -> "";
        };
    }

    /** A record's key: the cluster, or the cluster and a node; or a source. */
    String key(String key) {
        if (Source.named(key).isPresent()) {
            return source(key);
        }
        int slash = key.indexOf('/');
        return slash < 0
                ? pseudonyms.of(NameKind.CLUSTER, key)
                : pseudonyms.of(NameKind.CLUSTER, key.substring(0, slash)) + "/"
                        + pseudonyms.of(NameKind.NODE, key.substring(slash + 1));
    }

    /** The node or pod that a source belongs to. */
    String member(SourceKind kind, String member) {
        return member.isEmpty() ? "" : pseudonyms.of(NameLearning.member(kind), member);
    }

    /** A message: its words stay, the names in it go. */
    String text(String text) {
        return new Passage(text)
                .replace(SpiffeIds.ID, id -> SpiffeIds.redact(id.group(1), id.group(2), pseudonyms::of))
                .replace(names, name -> pseudonyms.of(NameKind.VALUE, name))
                .replace(CALLED, called -> pseudonyms.of(NameKind.VALUE, called.group()))
                .replace(IPV4, this::address)
                .replace(IPV6, this::address)
                .replace(HOST, this::host)
                .toString();
    }

    private String subject(String text) {
        if (text.indexOf(':') >= 0 || text.indexOf(' ') >= 0 || text.startsWith("/")) {
            return text(text);
        }
        String redacted = text(text);
        return redacted.equals(text)
                ? Arrays.stream(text.split("/", -1))
                        .map(part -> pseudonyms.of(NameKind.VALUE, part))
                        .collect(Collectors.joining("/"))
                : redacted;
    }

    private String selector(String selector) {
        SelectorParts parts = SelectorParts.of(selector);
        String label = parts.label().isEmpty() ? "" : pseudonyms.of(NameKind.VALUE, parts.label()) + ":";
        return parts.head() + label + pseudonyms.of(parts.kind(), parts.value());
    }

    private String source(String text) {
        String name = NameLearning.source(text);
        return Source.named(name)
                .filter(source -> !source.member().isEmpty())
                .map(source -> source.kind().label() + "/" + member(source.kind(), source.member())
                        + text.substring(name.length()))
                .orElse(text);
    }

    private String address(MatchResult match) {
        String address = match.group();
        boolean everybodys = address.startsWith("127.") || address.equals("0.0.0.0") || address.matches("[:01]+");
        return everybodys ? null : pseudonyms.address(address);
    }

    private String host(MatchResult match) {
        String host = match.group();
        String ending = host.substring(host.lastIndexOf('.') + 1);
        boolean code = FILE_ENDINGS.contains(ending)
                || host.startsWith("spire.api.")
                || Pattern.matches("(?:.*\\.)?(?:k8s|spiffe|kubernetes)\\.io", host)
                || Arrays.stream(host.split("\\.")).allMatch(pseudonyms::tellsNothing);
        return code ? null : pseudonyms.of(NameKind.HOST, host);
    }
}
