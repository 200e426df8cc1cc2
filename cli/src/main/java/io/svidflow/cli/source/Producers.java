package io.svidflow.cli.source;

import io.svidflow.cli.access.Checklist;
import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.run.TopicSetup;
import io.svidflow.producer.capture.RawFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** {@code svidflow run producers}: observes and publishes until it is stopped, or tries whether it could. */
public final class Producers {

    private final ProducersPlan plan;
    private final Clock clock;
    private final PrintWriter out;

    /**
     * @param file the configuration, see {@link Configuration#read}
     * @param out where messages go
     * @throws io.svidflow.cli.BadInput with everything that is wrong with the configuration
     */
    public Producers(Optional<Path> file, Map<String, String> environment, Clock clock, PrintWriter out) {
        this(Configuration.read(file, environment, Catalogue.keys()), Optional.empty(), clock, out);
    }

    /**
     * @param raw keeps what is observed as it was; empty: nobody does
     * @param out where messages go
     * @throws io.svidflow.cli.BadInput with everything that is wrong with the configuration
     */
    public Producers(Configuration configuration, Optional<RawFolder> raw, Clock clock, PrintWriter out) {
        this.plan = ProducersPlan.of(configuration, raw, clock);
        this.clock = clock;
        this.out = out;
    }

    /** Tries each connection and permission, and prints what it finds; whether nothing is missing. */
    public boolean check() throws InterruptedException {
        Checklist list = new Checklist(out);
        new Precheck(plan, clock).fill(list);
        return list.conclude();
    }

    /**
     * Runs until the process is stopped.
     *
     * @throws IllegalStateException if topics are missing and cannot be created, or have another partition count
     */
    public void run() throws InterruptedException {
        TopicSetup.create(plan.installation().settings(), plan.installation().partitions());
        ProducersRun run = start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            run.close();
                            stopped.countDown();
                        },
                        "close-producers"));
        try {
            stopped.await();
        } finally {
            run.close();
        }
    }

    /** Begins to observe, where the topics are there already; closing ends it. */
    public ProducersRun start() {
        ProducersRun run = ProducersRun.start(plan, clock);
        String sources =
                plan.sources().stream().map(planned -> planned.source().name()).collect(Collectors.joining(", "));
        out.println("observing " + sources + " of cluster " + plan.cluster()
                + plan.listen()
                        .map(where -> "; health at http://" + where.host() + ":" + where.port() + "/ready")
                        .orElse("")
                + "; Ctrl-C ends it");
        return run;
    }
}
