package io.svidflow.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.cli.runbook.Runbook;
import io.svidflow.event.Evidence;
import io.svidflow.event.Finding;
import io.svidflow.event.Incident;
import io.svidflow.event.Prediction;
import io.svidflow.event.PredictionOutcome;
import io.svidflow.unreported.Explanation;
import io.svidflow.unreported.Unreported;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A verdict as one JSON document for machines. Keys have a fixed order, times are ISO-8601 in UTC, what is unknown is
 * null; equal verdicts give equal bytes on every platform.
 */
public final class JsonReport {

    private final JsonMapper mapper = new JsonMapper();
    private final ObjectWriter writer;
    private final Runbook runbook = new Runbook();

    /** A report with an indentation of two spaces and LF line ends. */
    public JsonReport() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        writer = mapper.writer(
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    }

    /** The document, with a line end after it. */
    public String render(Verdict verdict) {
        return render(verdict, null);
    }

    /**
     * The document, with a line end after it.
     *
     * @param explanation what was looked at and not reported; null: it is left out
     */
    public String render(Verdict verdict, Explanation explanation) {
        ObjectNode document = mapper.createObjectNode();
        document.put("incident", verdict.incident().id());
        document.set("findings", array(verdict.findings(), this::finding));
        document.set("incidents", array(verdict.incidents(), this::incident));
        document.set("commands", new JsonCommands(mapper, verdict.remediations()).commands(verdict.commands()));
        document.set("refusals", array(verdict.refusals(), this::refusal));
        if (explanation != null) {
            document.set("obtainedInTimeSeconds", seconds(explanation.inTime()));
            document.set("unreported", array(explanation.items(), this::unreported));
        }
        document.set("facts", facts(verdict.facts()));
        try {
            return writer.writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private ObjectNode finding(Finding finding) {
        ObjectNode node = mapper.createObjectNode();
        node.put("id", finding.getId());
        node.put("pod", finding.getNamespace() + "/" + finding.getPod());
        node.put("podUid", finding.getPodUid());
        node.put("node", finding.getNode());
        node.put("state", finding.getState().name());
        node.put("cause", finding.getCause());
        node.put("variant", finding.getVariant());
        node.put("runbook", runbook.on(finding.getCause()).path());
        node.put("confidence", finding.getConfidence());
        node.set("alternatives", array(finding.getAlternatives(), other -> mapper.createObjectNode()
                .put("cause", other.getCause())
                .put("confidence", other.getConfidence())));
        node.put("since", text(finding.getSince()));
        node.put("detectedAt", text(finding.getDetectedAt()));
        node.put("recoveredAt", text(finding.getRecoveredAt()));
        node.set("evidence", array(finding.getEvidence(), this::evidence));
        node.set("ruledOut", array(finding.getRuledOut(), out -> mapper.createObjectNode()
                .put("cause", out.getCause())
                .put("because", out.getBecause())));
        node.set("prediction", prediction(mapper, finding.getPrediction()));
        node.put("healedBy", healedBy(finding));
        node.set("predictionOutcome", outcome(finding.getPredictionOutcome()));
        node.put("proof", text(finding.getProof()));
        node.put("revision", finding.getRevision());
        ArrayNode notCollected = node.putArray("notCollected");
        finding.getNotCollected().forEach(notCollected::add);
        return node;
    }

    private static String healedBy(Finding finding) {
        return finding.getPrediction() == null
                ? null
                : text(finding.getPrediction().getHealedBy());
    }

    private ObjectNode outcome(PredictionOutcome outcome) {
        return outcome == null
                ? null
                : mapper.createObjectNode()
                        .put("notBefore", text(outcome.getNotBefore()))
                        .put("notAfter", text(outcome.getNotAfter()))
                        .put("succeededAt", text(outcome.getSucceededAt()))
                        .put("offBySeconds", outcome.getOffByMillis() / 1000.0);
    }

    private ObjectNode evidence(Evidence evidence) {
        return mapper.createObjectNode()
                .put("at", text(evidence.getAt()))
                .put("link", text(evidence.getLink()))
                .put("text", evidence.getText())
                .put("ref", evidence.getRef());
    }

    private ObjectNode incident(Incident incident) {
        ObjectNode node = mapper.createObjectNode();
        node.put("id", incident.getId());
        node.put("cause", incident.getCause());
        node.put("scope", incident.getScope().name());
        ArrayNode nodes = node.putArray("nodes");
        incident.getNodes().forEach(nodes::add);
        node.put("pods", incident.getPods());
        node.put("openedAt", text(incident.getOpenedAt()));
        node.put("closedAt", text(incident.getClosedAt()));
        node.put("mergedInto", incident.getMergedInto());
        ArrayNode reasons = node.putArray("reasons");
        incident.getReasons().forEach(reasons::add);
        return node;
    }

    private ObjectNode refusal(Refusal refusal) {
        return mapper.createObjectNode()
                .put("at", text(refusal.at()))
                .put("cause", refusal.cause())
                .put("action", refusal.action())
                .put("pod", refusal.pod())
                .put("guard", refusal.guard())
                .put("because", refusal.because());
    }

    private ArrayNode seconds(List<Duration> lengths) {
        ArrayNode array = mapper.createArrayNode();
        lengths.forEach(length -> array.add(length.toMillis() / 1000.0));
        return array;
    }

    private ObjectNode unreported(Unreported item) {
        return mapper.createObjectNode()
                .put("reason", item.reason().label())
                .put("subject", item.subject())
                .put("node", item.node())
                .put("from", text(item.from()))
                .put("to", text(item.to()))
                .put("count", item.count())
                .put("text", item.text());
    }

    private ObjectNode facts(FactCount facts) {
        ObjectNode node = mapper.createObjectNode();
        node.put("in", facts.in());
        ObjectNode bySource = node.putObject("bySource");
        facts.bySource().forEach(bySource::put);
        node.put("deadLettered", facts.deadLettered());
        ArrayNode notCollected = node.putArray("notCollected");
        facts.notCollected().forEach(notCollected::add);
        return node;
    }

    private <T> ArrayNode array(List<T> items, Function<T, ObjectNode> toNode) {
        ArrayNode array = mapper.createArrayNode();
        items.forEach(item -> array.add(toNode.apply(item)));
        return array;
    }

    static ObjectNode prediction(JsonMapper mapper, Prediction prediction) {
        return prediction == null
                ? null
                : mapper.createObjectNode()
                        .put("notBefore", text(prediction.getNotBefore()))
                        .put("notAfter", text(prediction.getNotAfter()))
                        .put("attempts", prediction.getAttempts());
    }

    static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
