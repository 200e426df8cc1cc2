package io.svidflow.cli.source;

import io.svidflow.cli.run.Installation;
import io.svidflow.producer.kubernetes.watch.RawObserver;
import io.svidflow.producer.spire.NodeDirectory;
import java.time.Clock;

/**
 * What sources share.
 *
 * @param cluster name of the cluster
 * @param directory where nodes, pods and agents are: learnt by some sources, used by others
 * @param raw sees the Kubernetes objects as they are observed
 */
record Surroundings(String cluster, Installation installation, NodeDirectory directory, RawObserver raw, Clock clock) {}
