package io.svidflow.cli.config;

import io.svidflow.cli.BadInput;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a configuration, told at once. */
public final class Problems {

    private final String file;
    private final List<String> found = new ArrayList<>();

    /** @param file what is read, as an operator calls it */
    Problems(String file) {
        this.file = file;
    }

    /**
     * @param place key or environment variable
     * @param problem what is wrong, with the value
     * @param remedy what to do about it
     */
    public void add(String place, String problem, String remedy) {
        found.add(place + ": " + problem + "; " + remedy);
    }

    /** @throws BadInput with everything that was found, if anything was */
    public void throwIfAny() {
        if (found.size() == 1) {
            throw new BadInput(new IllegalArgumentException(file + ": " + found.get(0)));
        }
        if (!found.isEmpty()) {
            throw new BadInput(new IllegalArgumentException(
                    file + " cannot be used for " + found.size() + " reasons:\n  " + String.join("\n  ", found)));
        }
    }

    String file() {
        return file;
    }
}
