package io.svidflow.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of svidflow and of the Java that runs it, as {@code --version} prints them. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String built = Objects.requireNonNullElse(getClass().getPackage().getImplementationVersion(), "(not packaged)");
        return new String[] {"svidflow " + built, "Java " + Runtime.version()};
    }
}
