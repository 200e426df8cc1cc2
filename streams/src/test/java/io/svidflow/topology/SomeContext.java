package io.svidflow.topology;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;

/** Some place in some topology at which something went wrong. */
final class SomeContext implements ErrorHandlerContext {

    @Override
    public String topic() {
        return "some-topic";
    }

    @Override
    public int partition() {
        return 3;
    }

    @Override
    public long offset() {
        return 42;
    }

    @Override
    public Headers headers() {
        return new RecordHeaders();
    }

    @Override
    public String processorNodeId() {
        return "some-processor";
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, 3);
    }

    @Override
    public long timestamp() {
        return 0;
    }

    @Override
    public byte[] sourceRawKey() {
        return new byte[] {1};
    }

    @Override
    public byte[] sourceRawValue() {
        return new byte[] {2};
    }
}
