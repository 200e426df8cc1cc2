package io.svidflow.cli.access;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What is tried before a process is let loose: each thing is printed as it is found, what is missing once more at the end. */
public final class Checklist {

    private final PrintWriter out;
    private final List<String> missing = new ArrayList<>();

    public Checklist(PrintWriter out) {
        this.out = out;
    }

    /**
     * Something was tried.
     *
     * @param what e.g. the address that was asked
     * @param found what is missing, each with its remedy; empty: it is as it should be
     */
    public void tried(String what, List<String> found) {
        out.println((found.isEmpty() ? "  ok       " : "  MISSING  ") + what);
        out.flush();
        found.forEach(one -> missing.add(what + ": " + one));
    }

    /** Prints what is missing; whether nothing is. */
    public boolean conclude() {
        if (missing.isEmpty()) {
            out.println("nothing is missing");
            return true;
        }
        out.println(missing.size() + (missing.size() == 1 ? " thing is" : " things are") + " missing:");
        missing.forEach(one -> out.println("  " + one));
        return false;
    }
}
