package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.event.ServerSignal;
import io.svidflow.producer.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrarLogMapperTest {

    private static final String CREATED = "{\"id\": \"\", \"parentID\": \"spiffe://lab.example/spire/agent/x\","
            + " \"spiffeID\": \"spiffe://lab.example/ns/shop/sa/cart\", \"selectors\": \"[k8s:pod-uid:452a1437]\"}";

    private final LogReading log = LogReading.ofRegistrar();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    REGISTRAR_STARTED     | INFO#setup#Logger configured#{"level": "info"}
                    REGISTRAR_STARTED     | INFO#setup#starting manager
                    REGISTRAR_LEADING     | DEBUG#events#spire-server-0_aa became leader#{"type": "Normal"}
                    REGISTRAR_STOPPED     | INFO#Stopping and waiting for leader election runnables
                    KNOWN                 | INFO#Stopping and waiting for non leader election runnables
                    REGISTRAR_STOPPED     | INFO#Shutdown signal received, waiting for all workers to finish#{"controller": "pod"}
                    REGISTRAR_STOPPED     | INFO#Wait completed, proceeding to shutdown the manager
                    REGISTRAR_STOPPED     | ERROR#setup#problem running manager#{"error": "leader election lost"}
                    REGISTRAR_FAILED      | ERROR#setup#problem running manager#{"error": "other"}
                    REGISTRAR_FAILED      | ERROR#setup#unable to create controller#{"error": "other"}
                    NOISE                 | ERROR#setup#unable to autodetect cluster domain#{"error": "lookup"}
                    REGISTRAR_RECONCILING | DEBUG#Triggering reconciliation#{"controller": "pod"}
                    REGISTRAR_RECONCILING | INFO#entry-reconciler#Updated status#{"clusterSPIFFEID": "/shop"}
                    ENTRY_WRITTEN         | INFO#entry-reconciler#Deleted entry#{"id": "e1"}
                    KNOWN                 | INFO#entry-reconciler#Created entry#{"spiffeID": "spiffe://td/spire-controller-manager/unsupported-fields-test"}
                    REGISTRAR_FAILED      | ERROR#entry-reconciler#Failed to list SPIRE entries#{"error": "rpc error"}
                    REGISTRAR_FAILED      | ERROR#entry-reconciler#Failed to list ClusterSPIFFEIDs#{"error": "x"}
                    REGISTRAR_FAILED      | ERROR#entry-reconciler#Failed to update entries#{"error": "x"}
                    REGISTRAR_FAILED      | ERROR#entry-reconciler#Failed to create entry#{"error": "x"}
                    REGISTRAR_FAILED      | ERROR#controller-runtime.source#if kind is a CRD, it should be installed before calling Start#{"error": "no matches for kind \\"ClusterStaticEntry\\""}
                    REGISTRAR_FAILED      | ERROR#Could not wait for Cache to sync#{"error": "failed to wait for pod caches to sync: timed out waiting for cache to be synced"}
                    ENTRY_RENDER_FAILED   | ERROR#entry-reconciler#Failed to render entry#{"pod": "shop/a", "error": "invalid template"}
                    NOISE                 | ERROR#entry-reconciler#Failed to render entry#{"pod": "shop/a", "error": "node  not found in cache"}
                    KNOWN                 | INFO#Starting workers#{"controller": "pod", "worker count": 1}
                    UNKNOWN               | INFO#entry-reconciler#Something new under the sun
                    """)
    void shouldSayWhatALineMeans(String kind, String text) {
        assertThat(log.kinds("2026-11-23T05:46:54Z\t" + text.replace('#', '\t')))
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    REGISTRAR_LEADING | I1123 06:01:55.141447   20796 leaderelection.go:272] "Successfully acquired lease" lock="spire/scm"
                    REGISTRAR_LEADING | I1123 06:01:55.141447   20796 leaderelection.go:258] successfully acquired lease spire/scm
                    KNOWN             | I1123 06:01:38.898873   20796 leaderelection.go:258] "Attempting to acquire leader lease..." lock="spire/scm"
                    REGISTRAR_FAILED  | E1123 06:01:38.898873   20796 leaderelection.go:332] failed to renew lease spire/scm: timed out waiting for the condition
                    REGISTRAR_FAILED  | E1123 06:01:38.898873   20796 reflector.go:148] failed to list *v1.Pod: connection refused
                    """)
    void shouldReadTheLinesOfItsKubernetesClient(String kind, String text) {
        Publication publication = log.line(text).facts().stream().findFirst().orElse(null);
        assertThat(log.kinds(text)).containsExactly(kind);
        if (publication != null) {
            assertThat(publication.observedAt()).isBetween("2026-11-23T06:01:38Z", "2026-11-23T06:01:56Z");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T05:46:54Z\tINFO\tentry-reconciler\tCreated entry\t" + CREATED,
                "2026-11-23T05:46:54Z INFO entry-reconciler Created entry " + CREATED,
                "{\"level\":\"info\",\"ts\":1795412814.5,\"logger\":\"entry-reconciler\",\"msg\":\"Created entry\","
                        + "\"selectors\":\"[k8s:pod-uid:452a1437]\"}",
                "2026-11-23T05:46:54.1Z stderr F 2026-11-23T05:46:54Z\tINFO\tentry-reconciler\tCreated entry\t"
                        + CREATED
            })
    void shouldNameThePodThatAnEntryWasWrittenFor(String text) {
        ServerSignal written = log.server(text);

        assertThat(written.getKind()).hasToString("ENTRY_WRITTEN");
        assertThat(written.getSubject()).isEqualTo("452a1437");
        assertThat(written.getMethod()).isEqualTo("Created entry");
        assertThat(written.getError()).isNull();
    }

    @Test
    void shouldKeepWhatFailed() {
        ServerSignal failed = log.server("2026-11-23T05:46:54Z\tERROR\tentry-reconciler\tFailed to list SPIRE entries\t"
                + "{\"error\": \"rpc error: code = Internal\"}");

        assertThat(failed.getError()).isEqualTo("Failed to list SPIRE entries: rpc error: code = Internal");
        assertThat(log.kinds("github.com/spiffe/spire-controller-manager/pkg/reconciler.(*reconciler).Run"))
                .containsExactly("CONTINUATION");
    }
}
