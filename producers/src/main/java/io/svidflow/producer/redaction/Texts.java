package io.svidflow.producer.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Goes through every text of a fact, however deep. */
final class Texts {

    private Texts() {}

    /**
     * A copy of a fact with other texts.
     *
     * @param change the rule of a text and the text to what stands there instead
     */
    static SpecificRecord rewrite(SpecificRecord event, BiFunction<FieldRule, String, String> change) {
        SpecificRecord copy = (SpecificRecord) SpecificData.newInstance(event.getClass(), event.getSchema());
        for (Schema.Field field : event.getSchema().getFields()) {
            FieldRule rule = FieldRule.of(event.getSchema().getName(), field.name());
            copy.put(field.pos(), value(event.get(field.pos()), rule, change));
        }
        return copy;
    }

    /** Shows every text of a fact. */
    static void visit(IndexedRecord event, BiConsumer<FieldRule, String> each) {
        for (Schema.Field field : event.getSchema().getFields()) {
            visit(event.get(field.pos()), FieldRule.of(event.getSchema().getName(), field.name()), each);
        }
    }

    private static void visit(Object value, FieldRule rule, BiConsumer<FieldRule, String> each) {
        if (value instanceof String text) {
            each.accept(rule, text);
        } else if (value instanceof List<?> list) {
            list.forEach(element -> visit(element, rule, each));
        } else if (value instanceof IndexedRecord record) {
            visit(record, each);
        }
    }

    private static Object value(Object value, FieldRule rule, BiFunction<FieldRule, String, String> change) {
        if (value instanceof String text) {
            return change.apply(rule, text);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(value(element, rule, change)));
            return copy;
        }
        return value instanceof SpecificRecord record ? rewrite(record, change) : value;
    }
}
