package io.svidflow.producer.spire.poll;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A Unix domain socket. Whoever may open it is trusted by SPIRE: there are no other credentials.
 *
 * @param path the socket, e.g. {@code /run/spire/server/api.sock}
 * @param howToGetIt what an operator does when there is no such socket
 * @param largestAnswer bytes of the largest answer that is taken
 */
public record SocketEndpoint(Path path, String howToGetIt, int largestAnswer) implements SpireEndpoint {

    /** A listing of many entries takes a few MiB a page. */
    static final int LARGEST_ANSWER = 64 * 1024 * 1024;

    public SocketEndpoint {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(howToGetIt, "howToGetIt");
    }

    /** The API socket of a SPIRE server in the same pod or on the same host. */
    public static SocketEndpoint ofServer(Path path) {
        return new SocketEndpoint(
                path,
                "SPIRE writes it where server.socket_path says; mount that directory into this pod, and run both on one"
                        + " node",
                LARGEST_ANSWER);
    }

    /** The admin socket of a node's agent. */
    public static SocketEndpoint ofAgent(Path path) {
        return new SocketEndpoint(
                path,
                "set agent.admin_socket_path (Helm: sockets.admin.enabled) and mount that directory into this pod",
                LARGEST_ANSWER);
    }

    @Override
    public String address() {
        return "unix:" + path;
    }

    @Override
    public ManagedChannel open() {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(unsupported());
        }
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("spire-socket", true), EpollIoHandler.newFactory());
        try {
            ManagedChannel channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(path.toFile()))
                    .eventLoopGroup(loop)
                    .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                    .overrideAuthority("localhost")
                    .maxInboundMessageSize(largestAnswer)
                    .usePlaintext()
                    .build();
            return new OwnedChannel(channel, loop);
        } catch (RuntimeException e) {
            loop.shutdownGracefully();
            throw e;
        }
    }

    @Override
    public List<String> obstacles() {
        if (!Epoll.isAvailable()) {
            return List.of(unsupported());
        }
        if (!Files.exists(path)) {
            return List.of("there is no socket at " + path + ": " + howToGetIt);
        }
        if (!Files.isReadable(path) || !Files.isWritable(path)) {
            return List.of("this process may not open " + path + ", which belongs to " + owner()
                    + ": run it as that user, or as a member of a group that may read and write the socket");
        }
        return List.of();
    }

    @Override
    public String caller() {
        return "whoever may open " + path;
    }

    private String owner() {
        try {
            return Files.getOwner(path).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return "somebody else";
        }
    }

    private static String unsupported() {
        return "Unix domain sockets are supported on Linux (x86_64, aarch64), not on "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                + ": run this source on Linux, or reach the SPIRE server over TCP with an admin's SVID";
    }
}
