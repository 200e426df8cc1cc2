package io.svidflow.signing;

import io.svidflow.event.RemediationCommand;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The bytes of a command that are signed: its fields in a fixed order, each with its name and length, so that no two
 * commands share them. They depend neither on the registry nor on who wrote the record: a decider and an actor of
 * different releases agree on them as long as both know this format. A field that a later release adds takes a new
 * format; until then it is not covered by the signature.
 */
public final class CommandBytes {

    /** Signed along with the fields: bytes of another format never verify as this one. */
    static final String FORMAT = "svidflow-remediation-command/1";

    /** What says who signed cannot be signed itself. */
    static final Set<String> UNSIGNED = Set.of("keyId", "signature");

    static final List<String> SIGNED = List.of(
            "id",
            "cluster",
            "action",
            "cause",
            "findingId",
            "incidentId",
            "namespace",
            "pod",
            "podUid",
            "node",
            "bootId",
            "agentPodUid",
            "issuedAt",
            "notBefore",
            "expiresAt",
            "rung",
            "mode",
            "prediction",
            "reason",
            "attempt",
            "target",
            "nodeUid",
            "agentId",
            "entryId",
            "entryRevision",
            "run",
            "budget",
            "guards",
            "approvedBy",
            "issuer");

    private CommandBytes() {}

    /** The canonical bytes of the command. */
    public static byte[] of(RemediationCommand command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            text(out, FORMAT);
            for (String name : SIGNED) {
                Schema.Field field = command.getSchema().getField(name);
                text(out, name);
                value(out, command.get(field.pos()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void value(DataOutputStream out, Object value) throws IOException {
        if (value == null) {
            out.writeByte(0);
        } else if (value instanceof IndexedRecord record) {
            out.writeByte(1);
            List<Schema.Field> fields = record.getSchema().getFields();
            out.writeInt(fields.size());
            for (Schema.Field field : fields) {
                text(out, field.name());
                value(out, record.get(field.pos()));
            }
        } else if (value instanceof List<?> list) {
            out.writeByte(2);
            out.writeInt(list.size());
            for (Object item : list) {
                value(out, item);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.writeByte(3);
            out.writeInt(map.size());
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((key, item) -> sorted.put(key.toString(), item));
            for (Map.Entry<String, Object> entry : sorted.entrySet()) {
                text(out, entry.getKey());
                value(out, entry.getValue());
            }
        } else {
            out.writeByte(4);
            // numbers, instants, enums, booleans: all of them are written the same way everywhere
            text(out, value.toString());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
