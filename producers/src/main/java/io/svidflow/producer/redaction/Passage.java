package io.svidflow.producer.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of which more and more is replaced. What has been replaced is not looked at again. */
final class Passage {

    private List<Piece> pieces;

    Passage(String text) {
        pieces = List.of(new Piece(text, false));
    }

    /** Replaces every match in what is left; the replacement of null leaves it as it is. */
    Passage replace(Pattern pattern, Function<MatchResult, String> replacement) {
        return each(text -> {
            List<Piece> found = new ArrayList<>();
            Matcher matcher = pattern.matcher(text);
            int done = 0;
            while (matcher.find()) {
                String with = replacement.apply(matcher.toMatchResult());
                if (with != null) {
                    found.add(new Piece(text.substring(done, matcher.start()), false));
                    found.add(new Piece(with, true));
                    done = matcher.end();
                }
            }
            found.add(new Piece(text.substring(done), false));
            return found;
        });
    }

    /** Replaces every known name in what is left. */
    Passage replace(KnownNames names, Function<String, String> replacement) {
        return each(text -> {
            List<Piece> found = new ArrayList<>();
            int done = 0;
            int at = 0;
            while (at < text.length()) {
                int length = names.at(text, at);
                if (length == 0) {
                    at = KnownNames.wordEnd(text, at);
                    continue;
                }
                found.add(new Piece(text.substring(done, at), false));
                found.add(new Piece(replacement.apply(text.substring(at, at + length)), true));
                at += length;
                done = at;
            }
            found.add(new Piece(text.substring(done), false));
            return found;
        });
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        return text.toString();
    }

    private Passage each(Function<String, List<Piece>> split) {
        List<Piece> next = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.done() || piece.text().isEmpty()) {
                next.add(piece);
            } else {
                next.addAll(split.apply(piece.text()));
            }
        }
        pieces = next;
        return this;
    }

    private record Piece(String text, boolean done) {}
}
