package io.svidflow.cli.capture;

import io.svidflow.cli.BadInput;
import io.svidflow.producer.capture.Capture;
import io.svidflow.producer.capture.CaptureFolder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Where a capture is to be written: a folder that does not exist yet, or is empty.
 *
 * @param path where it is, or will be
 */
public record NewFolder(Path path) {

    /** @throws BadInput if something is there already */
    public void requireFree() {
        try {
            if (CaptureFolder.free(path)) {
                return;
            }
        } catch (IOException e) {
            throw new BadInput(path.toString(), "cannot be looked at: " + e.getMessage(), "name another folder");
        }
        throw new BadInput(path.toString(), "is there already", "name a folder that does not exist yet");
    }

    /** @throws BadInput if it cannot be written */
    public void write(Capture capture) {
        try {
            CaptureFolder.write(capture, path);
        } catch (IOException e) {
            throw new BadInput(path.toString(), "cannot be written: " + e.getMessage(), "name another folder");
        }
    }
}
