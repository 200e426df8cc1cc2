package io.svidflow.remediation.guard;

import io.svidflow.event.GuardDecision;
import io.svidflow.event.RemediationTarget;

/** The control plane, SPIRE's own server and datastore, and the namespaces that the installation protects are never touched; the actor adds what labels, owners and PodDisruptionBudgets say. */
final class ProtectedScope implements Guard {

    private static final Says SAYS = new Says("G19 protected-scope");

    @Override
    public String name() {
        return SAYS.guard();
    }

    @Override
    public GuardDecision ask(Question question) {
        RemediationTarget target = question.proposal().target().orElse(null);
        if (target == null) {
            return SAYS.no("the target is not known");
        }
        boolean component = question.view().components().stream()
                .anyMatch(pod -> pod.getPodUid().equals(target.getUid())
                        || (pod.getNamespace().equals(target.getNamespace())
                                && pod.getPod().equals(target.getName())));
        if (component) {
            return SAYS.no(
                    target.getNamespace() + "/" + target.getName() + " belongs to the SPIRE server or its datastore");
        }
        boolean isProtected = question.policy().protectedNamespaces().contains(target.getNamespace());
        return question.restartsWorkload() && isProtected
                ? SAYS.no("namespace " + target.getNamespace() + " is protected")
                : SAYS.yes(target.getNamespace() + "/" + target.getName() + " is not protected");
    }
}
