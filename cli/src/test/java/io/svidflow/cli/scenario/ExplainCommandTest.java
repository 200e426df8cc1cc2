package io.svidflow.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.ExitCode;
import io.svidflow.cli.Svidflow;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** {@code svidflow explain}: the story of one pod, reported or not. */
class ExplainCommandTest {

    private static final String ID = "kubelet-403-1153-debug";

    private final Recordings recordings = new Recordings();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldTellHowAHealthyPodCameToItsIdentity() {
        assertThat(explain("shop/late5-79bf9f44d5-cj85n")).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .contains("shop/late5-79bf9f44d5-cj85n on node-5")
                .contains("t_entry")
                .containsSubsequence("WAITING", "HEALTHY, proof ISSUED")
                .contains("not reported refused 3 times");
    }

    @Test
    void shouldTellWhyAPodWasReported() {
        assertThat(explain("shop/late4-5dfd5b65b9-g4zjt")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("STUCK: the first missing link").contains("KUBELET_ATTEST_FAIL");
    }

    @Test
    void shouldNamePodsWhenItKnowsNoneOfThatName() {
        assertThat(explain("shop/nobody")).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("nothing is known of a pod shop/nobody")
                .contains("shop/late5");
    }

    private int explain(String pod) {
        return Svidflow.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("explain", pod, recordings.path(ID).toString());
    }
}
