package io.svidflow.cli.run;

import io.svidflow.producer.health.Health;
import java.util.List;

/** The health of a process that runs Streams applications. */
public final class ApplicationHealth implements Health {

    private final List<Application> applications;

    public ApplicationHealth(List<Application> applications) {
        this.applications = List.copyOf(applications);
    }

    @Override
    public List<String> dead() {
        return applications.stream()
                .filter(Application::hasStopped)
                .map(application -> application.id() + " has stopped")
                .toList();
    }

    @Override
    public List<String> unready() {
        return applications.stream()
                .filter(application -> !application.isRunning())
                .map(application -> application.id() + " is " + application.state())
                .toList();
    }
}
