package io.svidflow.cli.command;

import io.svidflow.cli.config.Configuration;
import io.svidflow.cli.run.Installation;
import io.svidflow.cli.source.Catalogue;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the configuration is. */
@Command
final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file with the configuration (default: the one that SVIDFLOW_CONFIG names, if any).")
    private Path file;

    /** @throws io.svidflow.cli.BadInput with everything that is wrong, if anything is */
    Installation installation() {
        Configuration configuration = configuration();
        Installation installation = configuration.installation();
        configuration.throwIfWrong();
        return installation;
    }

    /**
     * The configuration, to be read.
     *
     * @throws io.svidflow.cli.BadInput if the file cannot be read
     */
    Configuration configuration() {
        return Configuration.read(file(), System.getenv(), Catalogue.keys());
    }

    Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
