package io.svidflow.producer.spire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** Reads SPIRE's messages from proto3 JSON, as grpcurl and the SPIRE command line print them. */
public final class SpireJson {

    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private SpireJson() {}

    /**
     * Reads a message; fields of newer SPIRE versions are skipped.
     *
     * @param json the message
     * @param builder empty builder of the expected type
     * @return the built message
     * @throws IllegalArgumentException if the text is not such a message
     */
    public static <B extends Message.Builder> B read(String json, B builder) {
        try {
            PARSER.merge(json, builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    "not a " + builder.getDescriptorForType().getFullName() + " in proto3 JSON: " + e.getMessage(), e);
        }
    }
}
