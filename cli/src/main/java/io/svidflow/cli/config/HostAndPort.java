package io.svidflow.cli.config;

/**
 * Where somebody listens.
 *
 * @param host name or address; an IPv6 address without its brackets
 * @param port from 0 (any that is free) to 65535
 */
public record HostAndPort(String host, int port) {

    private static final int LARGEST = 65_535;

    public HostAndPort {
        if (host.isBlank() || port < 0 || port > LARGEST) {
            throw new IllegalArgumentException(host + ":" + port + " is no host and port");
        }
    }

    static HostAndPort parse(String text) {
        String stripped = text.strip();
        int colon = stripped.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("no port");
        }
        String host = stripped.substring(0, colon).replaceAll("^\\[|]$", "");
        return new HostAndPort(host, Integer.parseInt(stripped.substring(colon + 1)));
    }
}
