package io.svidflow.producer.spire.poll;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.spiffe.provider.SpiffeKeyManager;
import io.spiffe.provider.SpiffeTrustManager;
import io.spiffe.spiffeid.SpiffeId;
import io.spiffe.workloadapi.X509Source;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * A SPIRE server's API over TCP. The server takes calls from an admin's SVID only, and must itself be
 * {@code spiffe://TRUST-DOMAIN/spire/server}. An SVID that was renewed counts from the next connection on.
 */
public final class AdminEndpoint implements SpireEndpoint {

    private final String host;
    private final int port;
    private final AdminIdentity identity;

    /**
     * @param host name or address of the server
     * @param port its {@code bind_port}, 8081 by default
     * @param identity who calls
     */
    public AdminEndpoint(String host, int port, AdminIdentity identity) {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("\"" + host + ":" + port
                    + "\" is no address of a SPIRE server; write e.g. spire-server.spire:8081");
        }
        this.host = host;
        this.port = port;
        this.identity = identity;
    }

    @Override
    public String address() {
        return host + ":" + port;
    }

    @Override
    public ManagedChannel open() {
        return NettyChannelBuilder.forAddress(host, port)
                .sslContext(tls(identity.source()))
                .maxInboundMessageSize(SocketEndpoint.LARGEST_ANSWER)
                .build();
    }

    private SslContext tls(X509Source source) {
        SpiffeId server = identity.trustDomain().newSpiffeId("spire", "server");
        try {
            return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                    .keyManager(new SpiffeKeyManager(source))
                    .trustManager(new SpiffeTrustManager(source, () -> Set.of(server)))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> obstacles() {
        try {
            identity.source();
            return List.of();
        } catch (IllegalStateException e) {
            return List.of(e.getMessage());
        }
    }

    @Override
    public String caller() {
        try {
            return identity.source().getX509Svid().getSpiffeId().toString();
        } catch (IllegalStateException e) {
            return "the admin's SVID";
        }
    }
}
