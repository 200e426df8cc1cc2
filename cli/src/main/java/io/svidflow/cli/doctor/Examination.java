package io.svidflow.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an examination found.
 *
 * @param id the bundle's id
 * @param cluster its cluster
 * @param remarks remarks, the gravest first
 * @param skipped what could not be read
 */
public record Examination(String id, String cluster, List<Remark> remarks, List<String> skipped) {

    public Examination {
        remarks = List.copyOf(remarks);
        skipped = List.copyOf(skipped);
    }

    /** Whether somebody should mend something. */
    public boolean toMend() {
        return remarks.stream().anyMatch(Remark::toMend);
    }

    /** Remarks by severity. */
    public Map<Severity, Long> counts() {
        return remarks.stream().collect(Collectors.groupingBy(Remark::severity, Collectors.counting()));
    }

    /** One JSON document, with a line end after it. */
    public String toJson() {
        JsonMapper mapper = new JsonMapper();
        ObjectNode document = mapper.createObjectNode().put("incident", id).put("cluster", cluster);
        ArrayNode array = document.putArray("remarks");
        for (Remark remark : remarks) {
            array.addObject()
                    .put("severity", remark.severity().name())
                    .put("check", remark.check())
                    .put("seen", remark.seen())
                    .put("because", remark.because())
                    .put("remedy", remark.remedy());
        }
        ArrayNode unread = document.putArray("skipped");
        skipped.forEach(unread::add);
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }
}
