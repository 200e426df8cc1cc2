package io.svidflow.cli.report;

import static io.svidflow.cli.report.JsonReport.prediction;
import static io.svidflow.cli.report.JsonReport.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.svidflow.event.Remediation;
import io.svidflow.event.RemediationCommand;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The commands of a JSON report, each with what came of it. */
final class JsonCommands {

    private final JsonMapper mapper;
    private final Map<String, Remediation> remediations;

    JsonCommands(JsonMapper mapper, List<Remediation> remediations) {
        this.mapper = mapper;
        this.remediations = remediations.stream().collect(Collectors.toMap(Remediation::getCommandId, r -> r));
    }

    ArrayNode commands(List<RemediationCommand> commands) {
        ArrayNode array = mapper.createArrayNode();
        commands.forEach(command -> array.add(command(command)));
        return array;
    }

    private ObjectNode command(RemediationCommand command) {
        ObjectNode node = mapper.createObjectNode();
        node.put("id", command.getId());
        node.put("action", command.getAction().name());
        node.put("cause", command.getCause());
        node.put("finding", command.getFindingId());
        node.put("incident", command.getIncidentId());
        node.put("pod", command.getPod() == null ? null : command.getNamespace() + "/" + command.getPod());
        node.put("podUid", command.getPodUid());
        node.put("node", command.getNode());
        node.put("issuedAt", text(command.getIssuedAt()));
        node.put("notBefore", text(command.getNotBefore()));
        node.put("expiresAt", text(command.getExpiresAt()));
        node.put("mode", command.getMode());
        node.put("rung", command.getRung());
        node.set("prediction", prediction(mapper, command.getPrediction()));
        node.put("reason", command.getReason());
        node.set("outcome", outcome(remediations.get(command.getId())));
        return node;
    }

    private ObjectNode outcome(Remediation remediation) {
        return remediation == null
                ? null
                : mapper.createObjectNode()
                        .put("state", remediation.getState().name())
                        .put("answeredAt", text(remediation.getAnsweredAt()))
                        .put("closedAt", text(remediation.getClosedAt()))
                        .put("proof", text(remediation.getProof()))
                        .put("detail", remediation.getDetail());
    }
}
