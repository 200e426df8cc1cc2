package io.svidflow.released;

import io.svidflow.released.ReleasedSchemas.Released;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Whether today's readers understand everything that any release wrote (backward-transitive). */
final class Evolution {

    private Evolution() {}

    /** What today's schema cannot read of the released ones with its name; empty if all is well. */
    static List<String> problems(Schema today, List<Released> released) {
        return released.stream()
                .filter(then -> then.schema().getFullName().equals(today.getFullName()))
                .flatMap(then -> incompatibilities(today, then.schema()).stream()
                        .map(problem -> "today's reader does not understand " + then + ": " + problem.getType() + " at "
                                + problem.getLocation() + ": " + problem.getMessage()))
                .toList();
    }

    private static List<Incompatibility> incompatibilities(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities();
    }
}
