package io.svidflow.cli.doctor;

import io.svidflow.producer.layout.Layout;
import java.util.List;

/** One question about a deployment. Pure: the same layout gives the same remarks. */
interface Check {

    /** Its name, stable for scripts. */
    String name();

    /**
     * What there is to say.
     *
     * @param layout the deployment
     * @param demands what it has to survive
     */
    List<Remark> look(Layout layout, Demands demands);

    default Remark risk(String seen, String because, String remedy) {
        return new Remark(Severity.RISK, name(), seen, because, remedy);
    }

    default Remark blind(String seen, String because, String remedy) {
        return new Remark(Severity.BLIND, name(), seen, because, remedy);
    }

    default Remark number(String seen, String because) {
        return new Remark(Severity.NUMBER, name(), seen, because, "");
    }

    default Remark fine(String seen) {
        return new Remark(Severity.FINE, name(), seen, "", "");
    }

    default Remark notChecked(String missing, String remedy) {
        return new Remark(Severity.NOT_CHECKED, name(), missing, "", remedy);
    }
}
