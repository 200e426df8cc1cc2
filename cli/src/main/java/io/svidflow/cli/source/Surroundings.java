package io.svidflow.cli.source;

import io.svidflow.cli.run.Installation;
import io.svidflow.producer.capture.RawFolder;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Clock;
import java.util.Optional;

/**
 * What sources share.
 *
 * @param cluster name of the cluster
 * @param directory where nodes, pods and agents are: learnt by some sources, used by others
 * @param raw keeps what is observed as it was; empty: nobody does
 */
record Surroundings(
        String cluster, Installation installation, NodeDirectory directory, Optional<RawFolder> raw, Clock clock) {}
