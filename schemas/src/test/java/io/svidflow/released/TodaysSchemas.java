package io.svidflow.released;

import io.svidflow.topic.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The schemas that travel: the value of each topic, and each kind of event in its body. */
final class TodaysSchemas {

    private TodaysSchemas() {}

    /** By full name. */
    static Map<String, Schema> all() {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        Topics.ALL.forEach(topic -> add(schemas, SpecificData.get().getSchema(topic.valueType())));
        return schemas;
    }

    private static void add(Map<String, Schema> schemas, Schema value) {
        schemas.put(value.getFullName(), value);
        Schema.Field body = value.getField("body");
        if (body != null && body.schema().isUnion()) {
            body.schema().getTypes().forEach(kind -> schemas.put(kind.getFullName(), kind));
        }
    }
}
