package io.svidflow.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.cli.evaluate.Call.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An evaluation as one JSON document. Times are in seconds, what is unknown is null. */
public final class EvaluationJson {

    private final JsonMapper mapper = new JsonMapper();

    /**
     * The document, with a line end after it.
     *
     * @param complete see {@link Evaluation#faults}
     */
    public String render(Evaluation evaluation, boolean complete) {
        ObjectNode document = mapper.createObjectNode();
        document.put("judged", evaluation.judged().size());
        document.put("falseAlarms", evaluation.falseAlarms());
        document.put("silent", evaluation.silent());
        document.put("incidentsExpected", evaluation.incidents());
        document.put("incidentsReported", evaluation.incidentsReported());
        document.set("predictions", predictions(evaluation.predictions()));
        ObjectNode causes = document.putObject("causes");
        evaluation.scores().forEach((cause, score) -> causes.set(cause, score(score)));
        document.set("all", score(new Score(evaluation.calls())));
        ObjectNode confusion = document.putObject("confusion");
        evaluation.confusion().forEach((cause, said) -> said.forEach(confusion.withObject("/" + cause)::put));
        ArrayNode bundles = document.putArray("bundles");
        evaluation.judged().forEach(judgement -> bundles.add(bundle(judgement)));
        texts(document.putArray("notJudged"), evaluation.notJudged());
        ArrayNode broken = document.putArray("broken");
        evaluation
                .broken()
                .forEach(one -> broken.addObject().put("bundle", one.bundle()).put("reason", one.reason()));
        texts(document.putArray("wrong"), evaluation.faults(complete));
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private ObjectNode predictions(PredictionErrors errors) {
        ObjectNode node = mapper.createObjectNode();
        node.put("count", errors.count());
        node.put("inside", errors.inside());
        node.put("medianSeconds", seconds(errors.error(0.5)));
        node.put("p95Seconds", seconds(errors.error(0.95)));
        return node;
    }

    private static Double seconds(Optional<Duration> length) {
        return length.map(size -> size.toMillis() / 1000.0).orElse(null);
    }

    private ObjectNode score(Score score) {
        ObjectNode node = mapper.createObjectNode();
        node.put("expected", score.expected());
        node.put("firstThree", score.inFirstThree());
        for (Outcome outcome : Outcome.values()) {
            node.put(outcome.name().toLowerCase(Locale.ROOT), score.count(outcome));
        }
        node.put("medianSeconds", seconds(score.delay(0.5)));
        node.put("p95Seconds", seconds(score.delay(0.95)));
        return node;
    }

    private ObjectNode bundle(Judgement judgement) {
        ObjectNode node = mapper.createObjectNode();
        node.put("id", judgement.bundle());
        node.put("silent", judgement.silent());
        ArrayNode calls = node.putArray("calls");
        judgement.calls().forEach(call -> calls.add(call(call)));
        ArrayNode falseAlarms = node.putArray("falseAlarms");
        judgement.falseAlarms().forEach(alarm -> falseAlarms
                .addObject()
                .put("pod", alarm.pod())
                .put("cause", alarm.cause())
                .put("confidence", alarm.confidence()));
        return node;
    }

    private ObjectNode call(Call call) {
        ObjectNode node = mapper.createObjectNode();
        node.put("pod", call.pod());
        texts(node.putArray("expected"), call.expected());
        node.put("headline", call.headline());
        node.put("outcome", call.outcome().name());
        node.put("confidence", call.confidence());
        node.put("seconds", call.delay() == null ? null : call.delay().toMillis() / 1000.0);
        return node;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
