package io.svidflow.cli.source;

import io.svidflow.cli.access.KubernetesAccess;
import io.svidflow.cli.act.RemediationSettings;
import io.svidflow.cli.act.ResyncAgentSettings;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.config.Key;
import io.svidflow.cli.judge.AgentSchedule;
import io.svidflow.cli.run.HealthEndpoint;
import java.util.ArrayList;
import java.util.List;

/** Every source that can be configured, and every key that there is. */
public final class Catalogue {

    private static final List<SourceFactory> FACTORIES = List.of(
            new KubernetesFactory(),
            new SpireServerFactory(),
            new AgentDebugFactory(),
            new LogFilesFactory(),
            new PodLogsFactory(),
            new LogTopicFactory());

    private Catalogue() {}

    /** Every key of the configuration, in the order in which it is documented. */
    public static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(Configuration.commonKeys());
        keys.addAll(ProducersPlan.keys());
        keys.addAll(KubernetesAccess.keys());
        keys.add(Logs.PROC);
        FACTORIES.forEach(factory -> keys.addAll(factory.keys()));
        keys.addAll(AgentSchedule.keys());
        keys.addAll(RemediationSettings.keys());
        keys.addAll(ResyncAgentSettings.keys());
        keys.addAll(HealthEndpoint.keys());
        return keys;
    }

    static List<SourceFactory> factories() {
        return FACTORIES;
    }
}
