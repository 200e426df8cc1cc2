package io.svidflow.producer.kubernetes;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Asks the API server whether we may do something, without doing it. */
public final class AccessReview {

    private AccessReview() {}

    /**
     * Whether we may.
     *
     * @param request verb, kind and namespace
     * @throws KubernetesClientException if the API server cannot be asked; {@link #silent} tells of it
     */
    public static boolean allows(KubernetesClient client, ResourceAttributes request) {
        SelfSubjectAccessReview review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withResourceAttributes(request)
                        .endSpec()
                        .build());
        return review.getStatus() != null
                && Boolean.TRUE.equals(review.getStatus().getAllowed());
    }

    /** That the API server cannot be asked, for an operator. */
    public static String silent(KubernetesClient client, KubernetesClientException why) {
        return "the API server at " + client.getMasterUrl() + " cannot be asked: " + why.getMessage()
                + "; check its address and the credentials";
    }
}
