package io.svidflow.cli.command;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.config.KeyList;
import io.svidflow.cli.source.Catalogue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what an installation can be told. */
@Command(
        name = "config",
        description = "Lists every setting of svidflow run: name, value, meaning, environment variable.",
        mixinStandardHelpOptions = true)
public final class ConfigCommand implements Callable<Integer> {

    /** How the list is printed. */
    enum Format {
        TEXT,
        MARKDOWN
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or markdown (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        KeyList list = new KeyList(Catalogue.keys());
        spec.commandLine().getOut().print(format == Format.TEXT ? list.text() : list.markdown());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
