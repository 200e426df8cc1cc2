package io.svidflow.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks a process of svidflow whether every source of its has been heard of, as a probe does. */
final class Readiness {

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = freePort();

    /** Where the process is to serve it. */
    String address() {
        return "127.0.0.1:" + port;
    }

    boolean reached() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address() + "/ready"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
