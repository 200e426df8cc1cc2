package io.svidflow.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.svidflow.cli.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlesTest {

    @TempDir
    Path folder;

    @Test
    void shouldFindArchivesAndFoldersAtAnyDepthButNotWhatLiesWithinABundle() throws IOException {
        Path archive = file("old/a.tar.gz");
        Path zip = file("old/deeper/b.ZIP");
        Path bundle = file("c/incident.yaml").getParent();
        file("c/attachments/d.zip");
        file("README.md");
        file(".cache/e.zip");

        assertThat(Bundles.below(List.of(folder, archive))).containsExactly(bundle, archive, zip);
    }

    @Test
    void shouldSayWhereNothingIsFound() {
        assertThatThrownBy(() -> Bundles.below(List.of(folder)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("holds no incident bundle");
        assertThatThrownBy(() -> Bundles.below(List.of(folder.resolve("x"))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not exist");
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}
