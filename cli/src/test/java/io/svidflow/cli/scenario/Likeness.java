package io.svidflow.cli.scenario;

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

/** Compares what was concluded on a broker with what a replay concludes: record by record, field by field. */
final class Likeness {

    private Likeness() {}

    static void compare(SoftAssertions softly, String cluster, Conclusions live, Conclusions replay) {
        compare(softly, replay.findings(), of(cluster, live.findings(), Finding::getCluster), Finding::getId);
        compare(softly, replay.incidents(), of(cluster, live.incidents(), Incident::getCluster), Incident::getId);
    }

    private static <T> List<T> of(String cluster, List<T> all, Function<T, String> owner) {
        return all.stream().filter(item -> owner.apply(item).equals(cluster)).toList();
    }

    private static <T extends SpecificRecord> void compare(
            SoftAssertions softly, List<T> expected, List<T> found, Function<T, String> id) {
        Map<String, T> byId = found.stream().collect(Collectors.toMap(id, Function.identity()));
        softly.assertThat(byId.keySet())
                .containsExactlyInAnyOrderElementsOf(expected.stream().map(id).toList());
        for (T item : expected) {
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
