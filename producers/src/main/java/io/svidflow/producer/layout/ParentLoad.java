package io.svidflow.producer.layout;

/**
 * The entries below one parent: an agent fetches them all.
 *
 * @param parent SPIFFE ID of the parent
 * @param entries how many
 * @param bytes their size in a message, at least: fields that svidflow does not read are not counted
 */
public record ParentLoad(String parent, int entries, long bytes) {

    /** With one more entry. */
    public ParentLoad with(int size) {
        return new ParentLoad(parent, entries + 1, bytes + size);
    }
}
