package io.svidflow.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of this Java with this class path, for tests that kill it. What it says is shown where this process says it. */
public final class ForkedJava {

    private ForkedJava() {}

    /**
     * Starts it.
     *
     * @param main class whose main method is called
     * @param megabytes heap that it may take
     * @param arguments of the main method, as text
     */
    public static Process start(Class<?> main, int megabytes, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + megabytes + "m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                // surefire hands the class path of the tests over in a manifest
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + System.getProperty("surefire.test.class.path", ""),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
