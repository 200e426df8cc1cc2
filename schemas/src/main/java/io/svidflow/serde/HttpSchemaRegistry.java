package io.svidflow.serde;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

/** A registry with Confluent's REST interface: Confluent's own, Apicurio's {@code ccompat/v7}, Karapace, Redpanda. */
final class HttpSchemaRegistry implements SchemaRegistry {

    private final RegistryHttp http;

    HttpSchemaRegistry(RegistryHttp http) {
        this.http = http;
    }

    @Override
    public int register(String subject, Schema schema) {
        String what = "register " + schema.getFullName() + " under " + subject;
        return id(http.post(path(subject) + "/versions", Map.of("schema", schema.toString())), what);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        String what = "find " + schema.getFullName() + " under " + subject;
        return id(http.post(path(subject), Map.of("schema", schema.toString())), what);
    }

    @Override
    public RegisteredSchema latest(String subject) {
        String what = "tell the latest schema of " + subject;
        RegistryAnswer answer = http.get(path(subject) + "/versions/latest");
        return new RegisteredSchema(id(answer, what), parsed(answer, what));
    }

    @Override
    public Schema schema(int id) {
        String what = "tell the schema with id " + id;
        return parsed(http.get("/schemas/ids/" + id), what);
    }

    private static String path(String subject) {
        // URLEncoder is made for forms, where a space is a plus.
        return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static int id(RegistryAnswer answer, String what) {
        requireOk(answer, what);
        if (!answer.body().path("id").canConvertToInt()) {
            throw notARegistry(answer, what);
        }
        return answer.body().path("id").intValue();
    }

    private static Schema parsed(RegistryAnswer answer, String what) {
        requireOk(answer, what);
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !answer.body().path("references").isEmpty()) {
            throw new SerializationException("schema registry was asked to " + what + ", which is "
                    + (type.equals("AVRO") ? "split over several subjects" : "of type " + type)
                    + ": only Avro schemas in one piece are read");
        }
        if (!answer.body().path("schema").isTextual()) {
            throw notARegistry(answer, what);
        }
        try {
            return new Schema.Parser().parse(answer.body().path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new SerializationException(
                    "schema registry was asked to " + what + ", but it is not valid Avro: " + e.getMessage(), e);
        }
    }

    private static void requireOk(RegistryAnswer answer, String what) {
        if (answer.isOk()) {
            return;
        }
        String who = "schema registry " + RegistryAnswer.withoutUser(answer.url());
        if (answer.isRefusal()) {
            throw new SerializationException(
                    who + " refused to " + what + ": " + answer.problem() + "; " + remedy(answer.status()));
        }
        boolean credentials = answer.status() == 401 || answer.status() == 403;
        throw new RegistryUnavailableException(who + " would not " + what + ": " + answer.problem() + "; check "
                + (credentials
                        ? RegistrySettings.CREDENTIALS_SOURCE + " and the user's rights"
                        : RegistrySettings.URL));
    }

    private static String remedy(int status) {
        return switch (status) {
            case 404 ->
                "register the schema, set " + SerdeSettings.AUTO_REGISTER
                        + "=true, or name the registry that the record was written with";
            case 409 -> "the schema is not compatible with the subject's earlier ones: give new fields a default";
            default -> "the registry finds the schema invalid";
        };
    }

    private static RegistryUnavailableException notARegistry(RegistryAnswer answer, String what) {
        return new RegistryUnavailableException(RegistryAnswer.withoutUser(answer.url()) + " was asked to " + what
                + " and gave no answer of a schema registry: " + answer.problem() + "; check " + RegistrySettings.URL);
    }
}
