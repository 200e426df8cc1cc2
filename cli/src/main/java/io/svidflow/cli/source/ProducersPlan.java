package io.svidflow.cli.source;

import io.svidflow.cli.access.KubernetesAccess;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.config.Form;
import io.svidflow.cli.config.HostAndPort;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.config.Section;
import io.svidflow.cli.run.Installation;
import io.svidflow.producer.capture.RawFolder;
import io.svidflow.producer.delivery.DeliverySettings;
import io.svidflow.producer.delivery.ExpectedSources;
import io.svidflow.producer.spire.NodeDirectory;
import io.svidflow.topic.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code svidflow run producers} is to do.
 *
 * @param installation brokers, registry, partitions
 * @param cluster name of the cluster
 * @param listen where health and metrics are served; empty: nowhere
 * @param outstandingBytes how much may be on its way to the brokers
 * @param expected sources of the cluster, in this and other processes
 * @param sources what this process observes
 */
record ProducersPlan(
        Installation installation,
        String cluster,
        Optional<HostAndPort> listen,
        long outstandingBytes,
        ExpectedSources expected,
        List<Planned> sources) {

    static final Key<String> NODE = Key.optional(
            "node",
            Form.TEXT,
            "node-1",
            "Node that this process runs on, for sources of one node; from the downward API: spec.nodeName.");
    static final Key<HostAndPort> LISTEN =
            Key.of("http.listen", Form.HOST_AND_PORT, "0.0.0.0:9464", "Where /live, /ready and /metrics are served.");
    private static final int MEGABYTE = 1024 * 1024;
    static final Key<Integer> OUTSTANDING = Key.of(
            "delivery.outstanding-megabytes",
            Form.number(1, 4096),
            Long.toString(DeliverySettings.OUTSTANDING_BYTES / MEGABYTE),
            "How much may be on its way to the brokers. When they do not keep up, sources stop reading. A single source"
                    + " gets a quarter.");

    static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(List.of(KubernetesAccess.CLUSTER, NODE, LISTEN, OUTSTANDING));
        keys.addAll(Expectation.keys());
        return keys;
    }

    /**
     * @param raw keeps what is observed as it was; empty: nobody does
     * @throws io.svidflow.cli.BadInput with everything that is wrong, if anything is
     */
    static ProducersPlan of(Configuration configuration, Optional<RawFolder> raw, Clock clock) {
        Section all = configuration.all();
        Installation installation = configuration.installation();
        String cluster = all.get(KubernetesAccess.CLUSTER, "");
        if (cluster.contains("/")) {
            all.problem(KubernetesAccess.CLUSTER, "is \"" + cluster + "\", which has a slash", "choose a name without");
        }
        Optional<HostAndPort> listen = all.find(LISTEN);
        int outstanding = all.get(OUTSTANDING, 1);
        Expectation expectation = Expectation.read(all);
        List<Function<Surroundings, List<Planned>>> makers = Catalogue.factories().stream()
                .flatMap(factory -> factory.read(all).stream())
                .toList();
        if (makers.isEmpty()) {
            configuration.problem("sources", "name nothing to observe", "enable at least one, see svidflow config");
        }
        configuration.throwIfWrong();
        Surroundings surroundings = new Surroundings(cluster, installation, new NodeDirectory(), raw, clock);
        List<Planned> planned = new ArrayList<>();
        for (Function<Surroundings, List<Planned>> maker : makers) {
            try {
                planned.addAll(maker.apply(surroundings));
            } catch (IllegalArgumentException | IllegalStateException e) {
                configuration.problem("sources", e.getMessage(), "correct it");
            }
        }
        configuration.throwIfWrong();
        return new ProducersPlan(
                installation, cluster, listen, (long) outstanding * MEGABYTE, expectation.sources(planned), planned);
    }

    int partitions(Topic<?> topic) {
        return topic.key() == Topic.Key.NODE ? installation.partitions() : 1;
    }
}
