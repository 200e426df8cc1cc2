package io.svidflow.serde;

import io.svidflow.event.Captured;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * A file of captured facts: Avro's own container with the schema they were written with, so that a later release reads
 * them as it reads the records of a topic. Equal facts give equal bytes.
 */
public final class FactFile {

    private static final String CODEC = "deflate";
    private static final int LEVEL = 6;
    /** Avro chooses a random one; it only has to be unlikely in the data. */
    private static final byte[] SYNC = "svidflow facts 1".getBytes(StandardCharsets.US_ASCII);

    static {
        EventClasses.trust();
    }

    private FactFile() {}

    /** Writes facts in the order given. The stream stays open. */
    public static void write(Iterable<Captured> facts, OutputStream out) throws IOException {
        SpecificDatumWriter<Captured> writer = new SpecificDatumWriter<>(Captured.getClassSchema(), new EventModel());
        try (DataFileWriter<Captured> file = new DataFileWriter<>(writer)) {
            file.setCodec(CodecFactory.deflateCodec(LEVEL));
            file.create(Captured.getClassSchema(), out, SYNC);
            for (Captured fact : facts) {
                file.append(fact);
            }
            file.flush();
        }
    }

    /**
     * Reads all facts, in the order in which they were written.
     *
     * @param limit how many there may be
     * @throws IOException if it is no such file, is damaged, or holds more; the message says which
     */
    public static List<Captured> read(InputStream in, long limit) throws IOException {
        EventModel model = new EventModel();
        SpecificDatumReader<Captured> reader = new SpecificDatumReader<>(null, Captured.getClassSchema(), model);
        List<Captured> facts = new ArrayList<>();
        try (DataFileStream<Captured> file = new DataFileStream<>(in, reader)) {
            if (!CODEC.equals(file.getMetaString("avro.codec"))) {
                throw new IOException("is not compressed with " + CODEC);
            }
            while (file.hasNext()) {
                if (facts.size() == limit) {
                    throw new IOException("holds more than " + limit + " facts");
                }
                facts.add(file.next());
            }
        } catch (AvroRuntimeException | SecurityException e) {
            throw new IOException("is damaged, or is no file of facts: " + e.getMessage(), e);
        }
        return facts;
    }
}
