package io.svidflow.resync;

import io.svidflow.event.EventHeader;
import io.svidflow.event.Heartbeat;
import io.svidflow.event.NodeEvent;
import io.svidflow.event.NodeObserved;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationResult;
import io.svidflow.topic.Topic;
import io.svidflow.topic.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Shell of the actor: keeps its view, holds commands until the view is as new as they are, and sends the answers. */
final class ResyncProcessor implements Processor<String, SpecificRecord, String, RemediationResult> {

    private final String actor;
    private final Map<String, Instant> swept = new HashMap<>();
    private ProcessorContext<String, RemediationResult> context;
    private View view;
    private ViewClock clock;
    private Attempts attempts;

    ResyncProcessor(String actor) {
        this.actor = actor;
    }

    @Override
    public void init(ProcessorContext<String, RemediationResult> processorContext) {
        context = processorContext;
        view = new View(
                context.getStateStore(ResyncTopology.NODE_STORE), context.getStateStore(ResyncTopology.POD_STORE));
        clock = new ViewClock(
                ResyncTopology.VIEWED.stream().map(Topic::name).toList(),
                context.getStateStore(ResyncTopology.STREAM_STORE));
        attempts = new Attempts(
                context.getStateStore(ResyncTopology.WAITING_STORE),
                context.getStateStore(ResyncTopology.ANSWERED_STORE));
    }

    @Override
    public void process(Record<String, SpecificRecord> message) {
        SpecificRecord event = message.value();
        if (event instanceof RemediationCommand request) {
            Command command = Command.of(request);
            attempts.add(command);
            clock.now(command.cluster()).ifPresent(now -> answer(command.cluster(), now, message.timestamp()));
        } else if (event instanceof NodeEvent node) {
            observe(message, node.getHeader(), node.getBody());
        } else if (event instanceof PodEvent pod) {
            observe(message, pod.getHeader(), pod.getBody());
        }
    }

    private void observe(Record<String, SpecificRecord> message, EventHeader header, Object body) {
        if (body instanceof NodeObserved node) {
            view.observe(message.key(), node, header.getObservedTime());
        } else if (body instanceof PodObserved pod) {
            view.observe(message.key(), pod, header.getObservedTime());
        } else if (body instanceof Heartbeat heartbeat) {
            clock.heard(header, heartbeat, Instant.ofEpochMilli(message.timestamp()))
                    .ifPresent(now -> answer(header.getCluster(), now, message.timestamp()));
        }
    }

    private void answer(String cluster, Instant now, long timestamp) {
        for (Command command : attempts.due(cluster, now)) {
            NodeView node = view.of(Topics.nodeKey(cluster, command.node()));
            Judgment judgment = CommandJudge.judge(command, node, now);
            RemediationResult result = RemediationResult.newBuilder()
                    .setCommandId(command.id())
                    .setCluster(cluster)
                    .setOutcome(judgment.outcome())
                    .setAt(now)
                    .setActor(actor)
                    .setDetail(judgment.detail())
                    .build();
            context.forward(new Record<>(cluster, result, timestamp));
            attempts.answered(command);
        }
        sweep(cluster, now);
    }

    /** Once a minute of the view's time. */
    private void sweep(String cluster, Instant now) {
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        if (!minute.equals(swept.put(cluster, minute))) {
            attempts.forget(cluster, now);
        }
    }
}
