package io.svidflow.cli.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * Clients of an application that can be killed: from then on its producers do nothing any more, not even abort their
 * transaction, as if the process were gone. Nobody leaves the group or commits; the others have to notice.
 */
final class Mortal extends DefaultKafkaClientSupplier {

    private volatile boolean dead;

    /** The next thing that the application wants to write or commit is its end. */
    void kill() {
        dead = true;
    }

    @Override
    @SuppressWarnings("unchecked") // a proxy of the interface that is asked for
    public Producer<byte[], byte[]> getProducer(Map<String, Object> settings) {
        Producer<byte[], byte[]> producer = super.getProducer(settings);
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (dead && method.getName().equals("close")) {
                        producer.close(Duration.ZERO);
                        return null;
                    }
                    if (dead) {
                        throw new KafkaException("killed");
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
