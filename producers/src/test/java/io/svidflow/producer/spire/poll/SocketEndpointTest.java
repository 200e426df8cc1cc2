package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.svidflow.producer.spire.api.Agent;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SocketEndpointTest {

    // generous: on a busy machine the first call waits seconds for its libraries to load
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private EventLoopGroup loop;
    private Path socket;

    @BeforeEach
    void prepare() {
        loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        socket = directory.resolve("api.sock");
    }

    @AfterEach
    void end() {
        loop.shutdownGracefully();
    }

    @Test
    void shouldCallAServerThatGoesAwayAndReturns() throws Exception {
        try (SpireConnection connection = new SpireConnection(SocketEndpoint.ofServer(socket), TIMEOUT)) {
            try (FakeSpire spire = serve(new FakeSpire())) {
                spire.agents.add(Samples.agent(1));
                assertThat(agents(connection).items()).containsExactly(Samples.agent(1));
            }
            assertThatThrownBy(() -> agents(connection)).isInstanceOf(CallFailedException.class);

            Files.deleteIfExists(socket);
            try (FakeSpire spire = serve(new FakeSpire())) {
                spire.agents.add(Samples.agent(2));
                assertThat(agents(connection).items()).containsExactly(Samples.agent(2));
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoSocket() throws Exception {
        SocketEndpoint endpoint = SocketEndpoint.ofServer(socket);

        assertThat(endpoint.obstacles())
                .singleElement()
                .asString()
                .startsWith("there is no socket at " + socket)
                .contains("mount that directory");
        try (SpireConnection connection = new SpireConnection(endpoint, TIMEOUT)) {
            assertThatThrownBy(() -> agents(connection))
                    .hasMessageStartingWith("rpc error: code = Unavailable desc = ")
                    .hasMessageContaining("no such file or directory");
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(socket));
        }
        SocketEndpoint endpoint = SocketEndpoint.ofServer(socket);

        try (SpireConnection connection = new SpireConnection(endpoint, TIMEOUT)) {
            assertThatThrownBy(() -> agents(connection))
                    .hasMessageStartingWith("rpc error: code = Unavailable desc = ")
                    .hasMessageContaining("Connection refused");
        }
        assertThat(ServerCheck.problems(endpoint, TIMEOUT)).hasSize(2).allSatisfy(problem -> assertThat(problem)
                .startsWith("List")
                .contains("see that a SPIRE server runs and answers there"));
    }

    @Test
    void shouldSayThatSomethingListensAndDoesNotAnswer() throws Exception {
        try (ServerSocketChannel mute = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            mute.bind(UnixDomainSocketAddress.of(socket));
            try (SpireConnection connection =
                    new SpireConnection(SocketEndpoint.ofServer(socket), Duration.ofMillis(300))) {
                assertThatThrownBy(() -> agents(connection))
                        .hasMessageContaining("code = DeadlineExceeded desc = context deadline exceeded: no answer");
            }
        }
    }

    @Test
    void shouldSayThatAnAnswerIsTooLarge() throws Exception {
        try (FakeSpire spire = serve(new FakeSpire());
                SpireConnection connection = new SpireConnection(new SocketEndpoint(socket, "", 1000), TIMEOUT)) {
            spire.agents.add(Agent.newBuilder(Samples.agent(1))
                    .setAgentVersion("v".repeat(2000))
                    .build());
            assertThatThrownBy(() -> agents(connection))
                    .hasMessageContaining("code = ResourceExhausted")
                    .hasMessageContaining("exceeds maximum size 1000");
        }
    }

    private FakeSpire serve(FakeSpire spire) {
        return spire.serve(NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop));
    }

    private static Page<Agent> agents(SpireConnection connection) throws Exception {
        return connection
                .call(
                        "ListAgents",
                        (channel, deadline) -> ListedKind.agents().lists().page(channel, deadline, 10, ""))
                .answer();
    }
}
