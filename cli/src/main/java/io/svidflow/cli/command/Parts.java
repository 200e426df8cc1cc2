package io.svidflow.cli.command;

import io.svidflow.producer.bundle.BundlePart;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a part of a bundle. */
final class Parts implements ITypeConverter<BundlePart> {

    @Override
    public BundlePart convert(String value) {
        return BundlePart.of(value.strip())
                .orElseThrow(() -> new TypeConversionException("\"" + value + "\" is no source; name some of "
                        + Arrays.stream(BundlePart.values())
                                .map(BundlePart::label)
                                .collect(Collectors.joining(", "))));
    }
}
