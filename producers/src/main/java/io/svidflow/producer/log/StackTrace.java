package io.svidflow.producer.log;

import java.util.regex.Pattern;

/** Tells the lines of a Go stack trace. */
final class StackTrace {

    /** {@code sigs.k8s.io/controller-runtime/pkg/manager.(*runnableGroup).reconcile.func1}, {@code main.main()}. */
    private static final Pattern FUNCTION =
            Pattern.compile("(?:created by )?[\\w./~@-]{1,300}\\.[\\w.()*\\[\\]{}·,-]{1,300}"
                    + "(?:\\(.{0,2000}\\)| in goroutine \\d+)?");

    private static final Pattern GOROUTINE =
            Pattern.compile("goroutine \\d+ \\[.{0,100}\\]:|exit status \\d+|\\[signal .*");

    private StackTrace() {}

    static boolean isPart(String text) {
        return Character.isWhitespace(text.charAt(0))
                || FUNCTION.matcher(text).matches()
                || GOROUTINE.matcher(text).matches();
    }
}
