package io.svidflow.producer.spire;

import io.svidflow.event.EntryObserved;
import io.svidflow.producer.spire.api.Entry;
import java.util.List;

/** Turns registration entries of SPIRE's API into the body of a fact. Where the fact goes, {@link RoutedEntries} knows. */
public final class EntryMapper {

    static final String POD_UID = "k8s:pod-uid:";

    private EntryMapper() {}

    /**
     * Maps one entry.
     *
     * @param deleted the server no longer lists it
     * @throws IllegalArgumentException if the entry has no id, SPIFFE ID or parent
     */
    public static EntryObserved map(Entry entry, boolean deleted) {
        if (entry.getId().isEmpty()) {
            throw new IllegalArgumentException("entry without id; list with all fields, the output mask empty");
        }
        List<String> selectors = ApiValues.selectors(entry.getSelectorsList());
        return EntryObserved.newBuilder()
                .setEntryId(entry.getId())
                .setSpiffeId(ApiValues.requiredSpiffeId(entry.getSpiffeId(), "spiffe_id of entry " + entry.getId()))
                .setParentId(ApiValues.requiredSpiffeId(entry.getParentId(), "parent_id of entry " + entry.getId()))
                .setSelectors(selectors)
                .setPodUid(ApiValues.value(selectors, POD_UID).orElse(null))
                .setCreatedAt(ApiValues.time(entry.getCreatedAt()))
                .setRevision(entry.getRevisionNumber())
                .setDeleted(deleted)
                .build();
    }
}
