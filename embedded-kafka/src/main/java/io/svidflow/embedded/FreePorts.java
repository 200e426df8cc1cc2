package io.svidflow.embedded;

import java.io.IOException;
import java.net.ServerSocket;

/** Two different ports that nobody listened at a moment ago. */
record FreePorts(int first, int second) {

    static FreePorts two() throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            return new FreePorts(one.getLocalPort(), other.getLocalPort());
        }
    }
}
