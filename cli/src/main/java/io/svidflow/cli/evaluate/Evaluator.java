package io.svidflow.cli.evaluate;

import io.svidflow.cli.BadInput;
import io.svidflow.cli.expect.Expectation;
import io.svidflow.cli.expect.ExpectationReader;
import io.svidflow.cli.replay.Replay;
import io.svidflow.cli.replay.Verdicts;
import io.svidflow.cli.report.Verdict;
import io.svidflow.event.PodEvent;
import io.svidflow.event.PodObserved;
import io.svidflow.producer.Publication;
import io.svidflow.producer.bundle.BundleProblem;
import io.svidflow.producer.bundle.BundleReader;
import io.svidflow.producer.bundle.IncidentBundle;
import io.svidflow.producer.bundle.Selection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Replays bundles, as many at a time as there are processors, and judges each. */
public final class Evaluator {

    private final Selection selection;
    private final Disturbance disturbance;
    private final Consumer<String> progress;
    private final Clock clock;

    /**
     * @param selection how much of each bundle is read
     * @param disturbance what happens to its publications
     * @param progress is told of each bundle that is done, by whichever thread did it
     * @param clock for how long it took
     */
    public Evaluator(Selection selection, Disturbance disturbance, Consumer<String> progress, Clock clock) {
        this.selection = selection;
        this.disturbance = disturbance;
        this.progress = progress;
        this.clock = clock;
    }

    /** Replays the bundles; a broken one does not keep the others from it. */
    public Evaluation evaluate(List<Path> bundles) {
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Evaluation>> running = bundles.stream()
                    .map(bundle -> workers.submit(() -> evaluate(bundle)))
                    .toList();
            Evaluation all = Evaluation.EMPTY;
            for (Future<Evaluation> one : running) {
                all = all.and(one.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an evaluation failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before all bundles were evaluated", e);
        } finally {
            workers.shutdownNow();
        }
    }

    private Evaluation evaluate(Path path) {
        Instant began = clock.instant();
        Evaluation one = outcome(path);
        progress.accept(path + " " + Duration.between(began, clock.instant()).toMillis() + " ms" + complaint(one));
        return one;
    }

    private static String complaint(Evaluation one) {
        if (!one.broken().isEmpty()) {
            return ", broken: " + one.broken().get(0).reason();
        }
        return one.notJudged().isEmpty() ? "" : ", not judged";
    }

    private Evaluation outcome(Path path) {
        try {
            IncidentBundle bundle = new BundleReader(selection).read(path);
            String id = bundle.manifest().id();
            if (bundle.expectedYaml().isEmpty()) {
                return Evaluation.notJudged(id);
            }
            Expectation expectation = new ExpectationReader()
                    .read("expected.yaml", bundle.expectedYaml().get());
            return Evaluation.judged(new Judge(expectation).judge(replay(bundle, id), pods(bundle)));
        } catch (BundleProblem | BadInput e) {
            return Evaluation.broken(path.toString(), e.getMessage());
        } catch (RuntimeException e) {
            return Evaluation.broken(path.toString(), "a fault of the program: " + e);
        }
    }

    private Verdict replay(IncidentBundle bundle, String id) {
        try (Replay replay = Replay.of(bundle.manifest())) {
            return Verdicts.of(bundle, replay.play(disturbance.of(bundle.publications(), id)));
        }
    }

    private static Set<String> pods(IncidentBundle bundle) {
        Set<String> pods = new TreeSet<>();
        for (Publication publication : bundle.publications()) {
            if (publication.value() instanceof PodEvent event && event.getBody() instanceof PodObserved pod) {
                pods.add(pod.getNamespace() + "/" + pod.getName());
            }
        }
        return pods;
    }
}
