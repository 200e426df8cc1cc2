package io.svidflow.producer.spire.poll;

import io.svidflow.producer.spire.api.Agent;
import io.svidflow.producer.spire.api.Entry;
import io.svidflow.producer.spire.api.SPIFFEID;
import io.svidflow.producer.spire.api.Selector;

/** Entries and agents as SPIRE lists them. */
final class Samples {

    private Samples() {}

    static Agent agent(int node) {
        return Agent.newBuilder()
                .setId(id("/spire/agent/k8s_psat/lab/node-uid-" + node))
                .setAttestationType("k8s_psat")
                .setX509SvidSerialNumber("1" + node)
                .addSelectors(Selector.newBuilder().setType("k8s_psat").setValue("agent_node_name:node-" + node))
                .setCanReattest(true)
                .build();
    }

    static Entry entry(int number, int node) {
        return Entry.newBuilder()
                .setId("entry-" + number)
                .setSpiffeId(id("/ns/shop/sa/cart"))
                .setParentId(agent(node).getId())
                .addSelectors(Selector.newBuilder().setType("k8s").setValue("pod-uid:pod-" + number))
                .setCreatedAt(1_738_801_570L + number)
                .build();
    }

    static SPIFFEID id(String path) {
        return SPIFFEID.newBuilder().setTrustDomain("lab.example").setPath(path).build();
    }
}
