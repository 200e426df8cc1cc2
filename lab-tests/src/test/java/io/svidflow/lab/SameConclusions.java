package io.svidflow.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.replay.Conclusions;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.api.SoftAssertions;

/** Compares what was concluded live with what a replay concludes: finding by finding, field by field. */
final class SameConclusions {

    private SameConclusions() {}

    static void require(Conclusions live, Conclusions replayed) {
        assertThat(ids(replayed.findings(), Finding::getId))
                .as("findings of the replay")
                .isEqualTo(ids(live.findings(), Finding::getId));
        SoftAssertions softly = new SoftAssertions();
        compare(softly, live.findings(), replayed.findings(), Finding::getId);
        compare(softly, live.incidents(), replayed.incidents(), Incident::getId);
        softly.assertAll();
    }

    private static <T> List<String> ids(List<T> all, Function<T, String> id) {
        return all.stream().map(id).sorted().toList();
    }

    private static <T extends SpecificRecord> void compare(
            SoftAssertions softly, List<T> live, List<T> replayed, Function<T, String> id) {
        Map<String, T> byId = replayed.stream().collect(Collectors.toMap(id, Function.identity()));
        softly.assertThat(byId.keySet())
                .isEqualTo(Map.copyOf(live.stream().collect(Collectors.toMap(id, Function.identity())))
                        .keySet());
        for (T item : live) {
            T other = byId.get(id.apply(item));
            for (Schema.Field field :
                    other == null ? List.<Schema.Field>of() : item.getSchema().getFields()) {
                softly.assertThat(other.get(field.pos()))
                        .as("%s of %s %s", field.name(), item.getSchema().getName(), id.apply(item))
                        .isEqualTo(item.get(field.pos()));
            }
        }
    }
}
