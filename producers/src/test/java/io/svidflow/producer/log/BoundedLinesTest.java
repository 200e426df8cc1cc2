package io.svidflow.producer.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.producer.log.BoundedLines.Line;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {

    @Test
    void shouldNumberLinesAndTakeEitherLineEnd() throws IOException {
        BoundedLines lines = lines("a\r\n\nb");

        assertThat(lines.next()).isEqualTo(new Line(1, "a", 2, false, true));
        assertThat(lines.next()).isEqualTo(new Line(2, "", 0, false, true));
        assertThat(lines.next()).isEqualTo(new Line(3, "b", 1, false, false));
        assertThat(lines.next()).isNull();
    }

    @Test
    void shouldKeepTheBeginningOfAnOverlongLineAndItsLength() throws IOException {
        BoundedLines lines = lines("0123456789\nb\n");

        assertThat(lines.next()).isEqualTo(new Line(1, "01234567", 10, true, true));
        assertThat(lines.next()).isEqualTo(new Line(2, "b", 1, false, true));
    }

    private static BoundedLines lines(String text) {
        return new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 8);
    }
}
