package io.svidflow.cli.doctor;

import io.svidflow.producer.coverage.SourceKind;
import io.svidflow.producer.layout.Layout;
import io.svidflow.producer.layout.LogSigns;
import java.util.List;

/** Whether the server writes its audit log. */
final class AuditLog implements Check {

    @Override
    public String name() {
        return "audit-log";
    }

    @Override
    public List<Remark> look(Layout layout, Demands demands) {
        List<LogSigns> servers = layout.logs(SourceKind.SERVER_LOG);
        if (servers.stream().mapToLong(LogSigns::lines).sum() == 0) {
            return List.of(notChecked(
                    "whether the audit log is on: no line of a server's log was collected",
                    "record raw/logs/server/POD.log"));
        }
        long audited = servers.stream().mapToLong(LogSigns::auditLines).sum();
        return List.of(
                audited > 0
                        ? fine("the server's audit log is on: " + audited + " lines")
                        : blind(
                                "the server's audit log is off: none of "
                                        + servers.stream()
                                                .mapToLong(LogSigns::lines)
                                                .sum()
                                        + " lines of its log is one",
                                "nobody sees when an agent last synchronised and which SVID was signed when; a success"
                                        + " is logged nowhere else",
                                "set audit_log_enabled = true in the server's configuration"));
    }
}
