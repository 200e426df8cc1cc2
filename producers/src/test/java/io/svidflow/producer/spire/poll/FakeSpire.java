package io.svidflow.producer.spire.poll;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Bundle;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.JWTKey;
import io.svidflow.producer.spire.api.X509Certificate;
import io.svidflow.producer.spire.api.agent.AgentGrpc;
import io.svidflow.producer.spire.api.agent.GetAgentRequest;
import io.svidflow.producer.spire.api.agent.ListAgentsRequest;
import io.svidflow.producer.spire.api.agent.ListAgentsResponse;
import io.svidflow.producer.spire.api.bundle.BundleGrpc;
import io.svidflow.producer.spire.api.bundle.GetBundleRequest;
import io.svidflow.producer.spire.api.entry.EntryGrpc;
import io.svidflow.producer.spire.api.entry.GetEntryRequest;
import io.svidflow.producer.spire.api.entry.ListEntriesRequest;
import io.svidflow.producer.spire.api.entry.ListEntriesResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A healthy SPIRE server: pages follow the order of rows, and after a full last page comes an empty one. The failing ones
 * differ from it in one thing each.
 */
class FakeSpire implements AutoCloseable {

    final List<Entry> entries = new CopyOnWriteArrayList<>();
    final List<Agent> agents = new CopyOnWriteArrayList<>();
    final List<byte[]> authorities = new CopyOnWriteArrayList<>();
    final List<JWTKey> jwtKeys = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private final String name = UUID.randomUUID().toString();
    private Server server;
    /** Whether all authorities of the bundle are tainted. */
    volatile boolean tainted;
    /** A call that fails. */
    volatile String refused = "";

    /** What a call does before it answers. */
    void before(String call) {
        calls.add(call);
        if (call.equals(refused)) {
            throw Status.INTERNAL.withDescription(call + " failed").asRuntimeException();
        }
    }

    FakeSpire start() {
        return serve(InProcessServerBuilder.forName(name));
    }

    FakeSpire serve(ServerBuilder<?> builder) {
        services().forEach(builder::addService);
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    List<BindableService> services() {
        return List.of(new Entries(), new Agents(), new Bundles());
    }

    SpireEndpoint endpoint() {
        return new InProcess(name);
    }

    @Override
    public void close() {
        if (server != null) {
            server.shutdownNow();
            try {
                server.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The entries of a page. */
    List<Entry> listed() {
        return entries;
    }

    private static <T, A> void page(
            List<T> rows, int size, String token, Function<List<T>, Function<String, A>> answer, StreamObserver<A> to) {
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int end = size == 0 ? rows.size() : Math.min(rows.size(), from + size);
        List<T> page = new ArrayList<>(rows.subList(Math.min(from, end), end));
        String next = size > 0 && page.size() == size ? Integer.toString(end) : "";
        to.onNext(answer.apply(page).apply(next));
        to.onCompleted();
    }

    private <A> void answer(String call, StreamObserver<A> to, Runnable body) {
        try {
            before(call);
            body.run();
        } catch (StatusRuntimeException e) {
            to.onError(e);
        }
    }

    private static <T> T found(List<T> rows, Predicate<T> wanted) {
        return rows.stream().filter(wanted).findFirst().orElseThrow(() -> Status.NOT_FOUND
                .withDescription("record not found")
                .asRuntimeException());
    }

    private final class Entries extends EntryGrpc.EntryImplBase {
        @Override
        public void listEntries(ListEntriesRequest request, StreamObserver<ListEntriesResponse> to) {
            answer(
                    "ListEntries",
                    to,
                    () -> page(
                            listed(),
                            request.getPageSize(),
                            request.getPageToken(),
                            rows -> next -> ListEntriesResponse.newBuilder()
                                    .addAllEntries(rows)
                                    .setNextPageToken(next)
                                    .build(),
                            to));
        }

        @Override
        public void getEntry(GetEntryRequest request, StreamObserver<Entry> to) {
            answer("GetEntry", to, () -> {
                to.onNext(found(entries, entry -> entry.getId().equals(request.getId())));
                to.onCompleted();
            });
        }
    }

    private final class Agents extends AgentGrpc.AgentImplBase {
        @Override
        public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> to) {
            answer(
                    "ListAgents",
                    to,
                    () -> page(
                            agents,
                            request.getPageSize(),
                            request.getPageToken(),
                            rows -> next -> ListAgentsResponse.newBuilder()
                                    .addAllAgents(rows)
                                    .setNextPageToken(next)
                                    .build(),
                            to));
        }

        @Override
        public void getAgent(GetAgentRequest request, StreamObserver<Agent> to) {
            answer("GetAgent", to, () -> {
                to.onNext(found(agents, agent -> agent.getId().equals(request.getId())));
                to.onCompleted();
            });
        }
    }

    private final class Bundles extends BundleGrpc.BundleImplBase {
        @Override
        public void getBundle(GetBundleRequest request, StreamObserver<Bundle> to) {
            answer("GetBundle", to, () -> {
                to.onNext(Bundle.newBuilder()
                        .addAllX509Authorities(authorities.stream()
                                .map(der -> X509Certificate.newBuilder()
                                        .setAsn1(ByteString.copyFrom(der))
                                        .setTainted(tainted)
                                        .build())
                                .toList())
                        .addAllJwtAuthorities(jwtKeys)
                        .build());
                to.onCompleted();
            });
        }
    }

    /** Where a server of this process answers. */
    private record InProcess(String name) implements SpireEndpoint {
        @Override
        public String address() {
            return "in-process:" + name;
        }

        @Override
        public ManagedChannel open() {
            return InProcessChannelBuilder.forName(name).build();
        }

        @Override
        public List<String> obstacles() {
            return List.of();
        }

        @Override
        public String caller() {
            return "this test";
        }
    }

    /** Never answers. */
    static final class Hanging extends FakeSpire {
        private final CountDownLatch end = new CountDownLatch(1);

        @Override
        void before(String call) {
            super.before(call);
            try {
                end.await();
            } catch (InterruptedException e) {
                throw Status.CANCELLED.asRuntimeException();
            }
        }

        @Override
        public void close() {
            end.countDown();
            super.close();
        }
    }

    /** Answers, but takes its time. */
    static final class Slow extends FakeSpire {
        private final long millis;

        Slow(long millis) {
            this.millis = millis;
        }

        @Override
        void before(String call) {
            super.before(call);
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw Status.CANCELLED.asRuntimeException();
            }
        }
    }

    /** Refuses or fails a call, while there is a reason. */
    static final class Failing extends FakeSpire {
        private final Status reason;
        private final List<String> failing;
        volatile boolean fails = true;

        Failing(Status reason, String... calls) {
            this.reason = reason;
            this.failing = List.of(calls);
        }

        /** Does not permit it to the caller. */
        static Failing permissionDenied() {
            return new Failing(
                    Status.PERMISSION_DENIED.withDescription("authorization denied for method"),
                    "ListEntries",
                    "ListAgents");
        }

        /** Has lost its datastore. */
        static Failing datastoreDown() {
            return new Failing(
                    Status.INTERNAL.withDescription(
                            "failed to list entries: datastore-sql: dial tcp 10.0.0.7:5432: connect: connection refused"),
                    "ListEntries",
                    "ListAgents",
                    "GetEntry",
                    "GetAgent");
        }

        @Override
        void before(String call) {
            super.before(call);
            if (fails && failing.contains(call)) {
                throw reason.asRuntimeException();
            }
        }
    }

    /** Loses an entry from its pages now and then, because rows move while it is listed; the entry is there. */
    static final class Shifting extends FakeSpire {
        volatile String hidden = "";

        @Override
        List<Entry> listed() {
            return entries.stream()
                    .filter(entry -> !entry.getId().equals(hidden))
                    .toList();
        }
    }

    /** Gives the same page for ever. */
    static final class Endless extends FakeSpire {
        @Override
        List<BindableService> services() {
            return List.of(new AgentGrpc.AgentImplBase() {
                @Override
                public void listAgents(ListAgentsRequest request, StreamObserver<ListAgentsResponse> to) {
                    to.onNext(ListAgentsResponse.newBuilder()
                            .setNextPageToken("again")
                            .build());
                    to.onCompleted();
                }
            });
        }
    }
}
