package io.svidflow.producer.spire.poll;

import com.google.protobuf.Message;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.SPIFFEID;
import io.svidflow.producer.spire.api.agent.AgentGrpc;
import io.svidflow.producer.spire.api.agent.GetAgentRequest;
import io.svidflow.producer.spire.api.agent.ListAgentsRequest;
import io.svidflow.producer.spire.api.agent.ListAgentsResponse;
import io.svidflow.producer.spire.api.entry.EntryGrpc;
import io.svidflow.producer.spire.api.entry.GetEntryRequest;
import io.svidflow.producer.spire.api.entry.ListEntriesRequest;
import io.svidflow.producer.spire.api.entry.ListEntriesResponse;
import java.util.function.Function;

/**
 * A kind of objects that the SPIRE server lists.
 *
 * @param what they are in a bundle
 * @param list name of the call that lists them
 * @param get name of the call that gets one
 * @param id what tells them apart
 * @param lists lists a page
 * @param gets gets one again
 */
record ListedKind<T extends Message>(
        RawAnswers.What what, String list, String get, Function<T, String> id, Lists<T> lists, Gets<T> gets) {

    /** Lists a page. */
    interface Lists<T> {
        Page<T> page(Channel channel, Deadline deadline, int size, String token);
    }

    /** Gets one; the status is NOT_FOUND if there is none. */
    interface Gets<T> {
        T again(Channel channel, Deadline deadline, String id);
    }

    /** Registration entries. */
    static ListedKind<Entry> entries() {
        return new ListedKind<>(
                RawAnswers.What.ENTRIES,
                "ListEntries",
                "GetEntry",
                Entry::getId,
                (channel, deadline, size, token) -> {
                    ListEntriesResponse answer = EntryGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .listEntries(ListEntriesRequest.newBuilder()
                                    .setPageSize(size)
                                    .setPageToken(token)
                                    .build());
                    return new Page<>(answer.getEntriesList(), answer.getNextPageToken());
                },
                (channel, deadline, id) -> EntryGrpc.newBlockingStub(channel)
                        .withDeadline(deadline)
                        .getEntry(GetEntryRequest.newBuilder().setId(id).build()));
    }

    /** Attested agents, told apart by SPIFFE ID. */
    static ListedKind<Agent> agents() {
        return new ListedKind<>(
                RawAnswers.What.AGENTS,
                "ListAgents",
                "GetAgent",
                agent -> SpiffeIds.text(agent.getId()),
                (channel, deadline, size, token) -> {
                    ListAgentsResponse answer = AgentGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .listAgents(ListAgentsRequest.newBuilder()
                                    .setPageSize(size)
                                    .setPageToken(token)
                                    .build());
                    return new Page<>(answer.getAgentsList(), answer.getNextPageToken());
                },
                (channel, deadline, id) -> {
                    SPIFFEID agent = SpiffeIds.parse(id);
                    return AgentGrpc.newBlockingStub(channel)
                            .withDeadline(deadline)
                            .getAgent(GetAgentRequest.newBuilder().setId(agent).build());
                });
    }
}
