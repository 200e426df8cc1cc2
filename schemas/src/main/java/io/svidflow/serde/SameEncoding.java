package io.svidflow.serde;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Whether two schemas give the same bytes, however their JSON, documentation and Java properties differ. */
final class SameEncoding {

    private SameEncoding() {}

    static boolean of(Schema one, Schema other) {
        return one == other || SchemaNormalization.toParsingForm(one).equals(SchemaNormalization.toParsingForm(other));
    }
}
