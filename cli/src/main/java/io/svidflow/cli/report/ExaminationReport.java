package io.svidflow.cli.report;

import io.svidflow.cli.doctor.Examination;
import io.svidflow.cli.doctor.Remark;
import io.svidflow.cli.doctor.Severity;
import io.svidflow.cli.report.Palette.Tone;
import java.util.List;

/** An examination as text: what is to be mended first, with the reason and the remedy. */
public final class ExaminationReport {

    private final Palette palette;

    /** @param palette colours, or none */
    public ExaminationReport(Palette palette) {
        this.palette = palette;
    }

    /** The text, with a line end after it. */
    public String render(Examination examination) {
        Page page = new Page(palette);
        page.line(0, "cluster " + examination.cluster() + ", as bundle " + examination.id() + " shows it");
        for (Severity severity : Severity.values()) {
            List<Remark> remarks = examination.remarks().stream()
                    .filter(remark -> remark.severity() == severity)
                    .toList();
            if (!remarks.isEmpty()) {
                page.heading(heading(severity) + " (" + remarks.size() + ")");
                remarks.forEach(remark -> print(page, remark));
            }
        }
        if (!examination.skipped().isEmpty()) {
            page.heading("NOT READ (" + examination.skipped().size() + ")");
            examination.skipped().forEach(line -> page.line(2, line));
        }
        return page.toString();
    }

    private static void print(Page page, Remark remark) {
        boolean detailed = !remark.because().isEmpty() || !remark.remedy().isEmpty();
        Tone tone = remark.severity() == Severity.RISK ? Tone.STRONG : Tone.NORMAL;
        page.line(tone, 2, detailed ? "" : "- ", remark.seen());
        if (!remark.because().isEmpty()) {
            page.line(4, "because ", remark.because());
        }
        if (!remark.remedy().isEmpty()) {
            page.line(4, "do      ", remark.remedy());
        }
    }

    private static String heading(Severity severity) {
        return switch (severity) {
            case RISK -> "WILL COST IDENTITIES";
            case BLIND -> "HIDES WHAT YOU WILL WANT TO KNOW";
            case NUMBER -> "TO KNOW";
            case FINE -> "AS IT SHOULD BE";
            case NOT_CHECKED -> "NOT CHECKED";
        };
    }
}
