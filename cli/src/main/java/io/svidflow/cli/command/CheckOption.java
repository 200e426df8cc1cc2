package io.svidflow.cli.command;

import picocli.CommandLine.Option;

/** To try whether a part could run, without running it. */
final class CheckOption {

    @Option(names = "--check", description = "Tries each connection and permission, prints what is missing, and ends.")
    private boolean check;

    boolean wanted() {
        return check;
    }
}
