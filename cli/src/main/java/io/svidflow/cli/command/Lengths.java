package io.svidflow.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time such as 90s, 30m or 1h30m. */
final class Lengths implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        try {
            Duration length = Duration.parse("PT" + value.strip());
            if (!length.isNegative() && !length.isZero()) {
                return length;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new TypeConversionException("\"" + value + "\" is no length of time; write it like 90s, 30m or 1h30m");
    }
}
