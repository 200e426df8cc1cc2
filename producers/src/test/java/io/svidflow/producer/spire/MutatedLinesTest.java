package io.svidflow.producer.spire;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.spire.MappedLine.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged lines: cut off, mixed up, with bytes that do not belong there. */
class MutatedLinesTest {

    private static final int LINES = 200_000;

    private static final List<String> WHOLE = List.of(
            "time=\"2026-11-23T05:53:36.255985507Z\" level=error msg=\"No identity issued\" method=FetchX509SVID"
                    + " pid=18955 registered=false service=WorkloadAPI subsystem_name=endpoints",
            "time=\"2026-11-23T07:38:28Z\" level=debug msg=\"PID attested to have selectors\" pid=18564"
                    + " selectors=\"[type:\\\"k8s\\\"  value:\\\"pod-uid:4ee72131\\\"]\"",
            "{\"level\":\"debug\",\"msg\":\"Fetched X.509 SVID\",\"pid\":8161,\"service\":\"WorkloadAPI\","
                    + "\"time\":\"2026-11-23T07:05:45Z\",\"ttl\":3592.279186501}",
            "time=\"2026-11-23T05:46:45.72Z\" level=warning msg=\"Failed to retrieve attestation result\""
                    + " error=\"datastore-sql: refused\" retry_interval=5.460150234s",
            "time=\"2026-11-23T05:46:51Z\" level=info msg=\"API accessed\" caller_id=\"spiffe://lab.example/a\""
                    + " entry_id=656ef37b expires_at=1795416411 method=BatchNewX509SVID status=success type=audit",
            "2026-11-23T05:46:54.1Z stdout F time=\"2026-11-23T05:46:54Z\" level=info msg=\"Starting agent\"",
            "Nov 07 17:43:11 host docker[12]: time=\"2026-11-07T17:43:11Z\" level=info msg=\"Entry created\"",
            "ERRO[0025] Synchronize failed           error=\"x = y\" subsystem_name=manager",
            "I1123 06:01:55.141447   20796 leaderelection.go:272] \"Successfully acquired lease\" lock=\"spire/scm\"",
            "2026-11-23T05:46:54Z\tINFO\tentry-reconciler\tCreated entry\t{\"id\": \"\", \"selectors\":"
                    + " \"[k8s:pod-uid:452a1437]\", \"admin\": false}",
            "{\"level\":\"info\",\"ts\":1795412814.5,\"logger\":\"setup\",\"msg\":\"starting manager\"}",
            "{\"log\":\"time=\\\"2026-11-23T05:53:36Z\\\" level=error msg=x\\n\",\"stream\":\"stderr\"}");

    private static final String ALPHABET = "\"\\{}[]=: \t\n\u001b\0x0uUZT.-+9eE\ud800é";

    @Test
    void shouldCountEveryDamagedLineOnceAndThrowForNone() {
        long seed = Long.getLong("svidflow.seed", System.nanoTime());
        System.out.println("Reproduce with: -Dsvidflow.seed=" + seed);
        Random random = new Random(seed);
        List<LogReading> logs = List.of(LogReading.ofAgent(), LogReading.ofServer(), LogReading.ofRegistrar());
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

        for (int i = 0; i < LINES; i++) {
            String text = damaged(WHOLE.get(random.nextInt(WHOLE.size())), random);
            MappedLine mapped = logs.get(i % logs.size()).line(text);
            counts.merge(mapped.outcome(), 1, Integer::sum);
        }

        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(LINES);
        assertThat(counts).containsKeys(Outcome.values());
    }

    private static String damaged(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        int wounds = random.nextInt(4);
        for (int wound = 0; wound < wounds && text.length() > 0; wound++) {
            int at = random.nextInt(text.length());
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(6)) {
                case 0 -> text.setLength(at);
                case 1 -> text.delete(0, at);
                case 2 -> text.setCharAt(at, c);
                case 3 -> text.insert(at, c);
                case 4 -> text.deleteCharAt(at);
                default -> text.insert(at, whole, random.nextInt(whole.length()), whole.length());
            }
        }
        return text.toString();
    }
}
