package io.svidflow.producer.spire.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpLookTest {

    private static final int LARGEST = 1000;

    private EndlessHttp server;

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void shouldReadAnAnswerOfTheLargestSizeInFullWhateverItsStatus() throws Exception {
        server = EndlessHttp.saying(503, "x".repeat(LARGEST));

        HttpLook.Answer answer = new HttpLook(Duration.ofSeconds(10), LARGEST).at(server.url());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).hasSize(LARGEST);
    }

    @Test
    void shouldNotWaitForTheEndOfAnAnswerThatHasNone() throws Exception {
        server = EndlessHttp.trickling();

        assertThatThrownBy(() -> new HttpLook(Duration.ofMillis(300), LARGEST).at(server.url()))
                .isInstanceOf(IOException.class)
                .hasMessage("has not answered in full for 300 ms");
        assertThat(server.leftAlone()).as("the connection is closed").isTrue();
    }

    @Test
    void shouldSayThatNobodyListens() throws Exception {
        server = EndlessHttp.trickling();
        server.close();

        assertThatThrownBy(() -> new HttpLook(Duration.ofSeconds(10), LARGEST).at(server.url()))
                .hasMessage("does not answer: connection refused: nobody listens there");
    }

    @Test
    void shouldNotKeepAnAnswerThatIsTooLarge() throws Exception {
        server = EndlessHttp.flooding();

        assertThatThrownBy(() -> new HttpLook(Duration.ofSeconds(20), LARGEST).at(server.url()))
                .isInstanceOf(IOException.class)
                .hasMessage("answers with more than 1000 bytes");
        assertThat(server.leftAlone()).as("the connection is closed").isTrue();
    }
}
