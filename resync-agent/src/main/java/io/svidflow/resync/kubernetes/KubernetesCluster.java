package io.svidflow.resync.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.svidflow.event.RemediationAction;
import io.svidflow.event.RemediationCommand;
import io.svidflow.event.RemediationTarget;
import io.svidflow.resync.scene.Cluster;
import io.svidflow.resync.scene.Effect;
import io.svidflow.resync.scene.Place;
import io.svidflow.resync.scene.SeenPod;
import io.svidflow.resync.scene.UnseenException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A Kubernetes cluster through its API server. */
public final class KubernetesCluster implements Cluster, AutoCloseable {

    /** What pods are annotated with so that the registrar looks at them again; the value is the time. */
    public static final String POKED = "svidflow.io/poked-at";

    private static final int LOG_LINES = 500;
    private static final int LOG_BYTES = 256 * 1024;

    private final KubernetesClient client;
    private final Sight sight;
    private final Hands hands;

    /**
     * @param access address and credentials; its own retries are turned off, because whoever sends a request twice does
     *     something twice
     * @param timeout how long a request may take
     */
    public KubernetesCluster(Config access, Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        Config once = new ConfigBuilder(access)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(millis)
                .withConnectionTimeout(millis)
                .build();
        this.client = new KubernetesClientBuilder().withConfig(once).build();
        this.sight = new Sight(client);
        this.hands = new Hands(client, timeout);
    }

    @Override
    public Place look(RemediationCommand command) throws UnseenException {
        return seeing("node " + command.getNode() + " and its pods", () -> sight.of(command));
    }

    @Override
    public Optional<SeenPod> pod(String namespace, String name) throws UnseenException {
        return seeing("pod " + namespace + "/" + name, () -> sight.pod(namespace, name));
    }

    @Override
    public String log(SeenPod pod) throws UnseenException {
        return seeing("the log of pod " + pod.fullName(), () -> client.pods()
                .inNamespace(pod.namespace())
                .withName(pod.name())
                .inContainer(pod.container())
                .limitBytes(LOG_BYTES)
                .tailingLines(LOG_LINES)
                .getLog());
    }

    @Override
    public Effect delete(RemediationTarget pod) {
        return hands.delete(pod);
    }

    @Override
    public Effect evict(RemediationTarget pod) {
        return hands.evict(pod);
    }

    @Override
    public Effect annotate(RemediationTarget pod, String value) {
        return hands.annotate(pod, POKED, value);
    }

    /**
     * What it may not do in Kubernetes, although its settings let it carry out these actions: each with its remedy.
     *
     * @param actions what it is to carry out
     */
    public List<String> missing(Collection<RemediationAction> actions) {
        return new ActorAccess(client).missing(actions);
    }

    private static <T> T seeing(String what, Supplier<T> look) throws UnseenException {
        try {
            return look.get();
        } catch (KubernetesClientException e) {
            String said = e.getStatus() == null || e.getStatus().getMessage() == null
                    ? e.getMessage()
                    : e.getStatus().getMessage();
            throw new UnseenException("Kubernetes does not show " + what + ": " + said, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
