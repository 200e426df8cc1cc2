package io.svidflow.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.svidflow.cli.source.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KeyListTest {

    @Test
    void shouldBeWhatTheDocumentationSays() throws IOException {
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .as("docs/configuration.md; write it with ./svidflow config --format markdown > docs/configuration.md")
                .isEqualTo(new KeyList(Catalogue.keys()).markdown());
    }

    @Test
    void shouldNameEachKeyOnceWithAValueThatItWouldTake() {
        assertThat(Catalogue.keys()).extracting(Key::path).doesNotHaveDuplicates();
        assertThat(Catalogue.keys())
                .allSatisfy(key -> assertThat(key.form().reading().apply(key.example()))
                        .as(key.path())
                        .isNotNull());
    }
}
