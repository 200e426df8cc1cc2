package io.svidflow.diagnosis;

import java.util.List;

/** The causes that svidflow can name, in the order in which they are considered. */
public final class Causes {

    private static final List<Cause> ALL = List.of(
            new AgentBanned(),
            new SuspendOrClockJump(),
            new ServerDatastoreDown(),
            new ServerDatastoreContention(),
            new DatastoreStaleReplica(),
            new ServerCaFault(),
            new TrustBundleMismatch(),
            new ServerUnreachable(),
            new AgentNotOnNode(),
            new NodeAttestTofuLocked(),
            new NodeTokenRejected(),
            new AgentSvidExpired(),
            new AgentRenewalFailing(),
            new AgentEvicted(),
            new AgentNotReady(),
            new SyncPayloadTooLarge(),
            new RateLimited(),
            new AgentSyncBackoff(),
            new RegistrarDown(),
            new RegistrarLag(),
            new EntryMissing(),
            new EntryNotExpected(),
            new EntryChurn(),
            new EntryParentMismatch(),
            new ServerCacheLag(),
            new KubeletAttestFail(),
            new ContainerLookupFail(),
            new EntrySelectorMismatch(),
            new AttestTimeoutLoad(),
            new WorkloadSocketStale(),
            new CsiVolumeStuck(),
            new Unknown());

    private Causes() {}

    /** All causes; an earlier one wins where two are equally likely. */
    public static List<Cause> all() {
        return ALL;
    }

    /**
     * The layer of a cause.
     *
     * @throws IllegalArgumentException if no cause has that name
     */
    public static Cause.Layer layerOf(String name) {
        return named(name).layer();
    }

    /**
     * The cause of that name.
     *
     * @throws IllegalArgumentException if no cause has that name
     */
    public static Cause named(String name) {
        return ALL.stream()
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no cause is called " + name));
    }
}
