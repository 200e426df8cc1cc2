package io.svidflow.benchmark.producers;

/**
 * The objects of a cluster, by number. A pod looks as the API serves one of an ordinary Deployment: most of it is of no
 * concern to identities.
 *
 * @param nodes at least 1
 * @param pods at least 1; spread over the nodes in turn
 */
record GeneratedObjects(int nodes, int pods) {

    private static final int NAMESPACES = 100;
    private static final int RULES = 20;
    private static final String MANAGED = "{\"f:status\":{\"f:conditions\":{\"k:{\\\"type\\\":\\\"Ready\\\"}\":{}}}}";

    GeneratedObjects {
        if (nodes < 1 || pods < 1) {
            throw new IllegalArgumentException(
                    "a cluster has a node and a pod at least, not " + nodes + " and " + pods);
        }
    }

    /** How many there are of a kind. */
    int count(String plural) {
        return switch (plural) {
            case "pods" -> pods;
            case "nodes" -> nodes;
            case "namespaces" -> NAMESPACES;
            case "clusterspiffeids" -> RULES;
            default -> 0;
        };
    }

    /** One of them as JSON. */
    String object(String plural, int number) {
        return switch (plural) {
            case "pods" -> pod(number);
            case "nodes" -> node(number);
            case "namespaces" -> namespace(number);
            case "clusterspiffeids" -> rule(number);
            default -> throw new IllegalArgumentException("there are no " + plural);
        };
    }

    private String pod(int i) {
        String name = "service-%d-7d9f8b6c5d-%05d".formatted(i % 500, i);
        String uid = uid(1, i);
        String image = "registry.example.com/platform/service-%d:1.%d.0".formatted(i % 500, i % 7);
        return """
                {"metadata":{"name":"%1$s","generateName":"service-","namespace":"team-%2$d","uid":"%3$s",\
                "resourceVersion":"%4$d","creationTimestamp":"2026-11-23T05:39:41Z",\
                "labels":{"app":"service-%5$d","app.kubernetes.io/name":"service-%5$d","team":"team-%2$d",\
                "version":"v1","pod-template-hash":"7d9f8b6c5d"},\
                "annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"8080","checksum/config":"%3$s%3$s"},\
                "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"service-%5$d-7d9f8b6c5d",\
                "uid":"%6$s","controller":true,"blockOwnerDeletion":true}],\
                "managedFields":[{"manager":"kube-controller-manager","operation":"Update","fieldsV1":%7$s},\
                {"manager":"kubelet","operation":"Update","fieldsV1":%7$s}]},\
                "spec":{"volumes":[{"name":"spiffe","csi":{"driver":"csi.spiffe.io","readOnly":true}},\
                {"name":"kube-api-access-x2x4q","projected":{"sources":[{"serviceAccountToken":{"expirationSeconds":3607,\
                "path":"token"}},{"configMap":{"name":"kube-root-ca.crt"}}]}}],\
                "containers":[{"name":"service","image":"%8$s","args":["--listen=:8080","--log-level=info"],\
                "env":[{"name":"GOMAXPROCS","value":"2"},{"name":"DATABASE","value":"postgres://db/service"}],\
                "resources":{"limits":{"cpu":"1","memory":"512Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},\
                "volumeMounts":[{"name":"spiffe","mountPath":"/run/spire/sockets"}],\
                "readinessProbe":{"httpGet":{"path":"/ready","port":8080},"periodSeconds":10}},\
                {"name":"proxy","image":"registry.example.com/mesh/proxy:1.30.1","args":["--drain-time=45"],\
                "resources":{"limits":{"cpu":"500m"}},"terminationMessagePath":"/dev/termination-log"}],\
                "restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst",\
                "serviceAccountName":"service-%5$d","nodeName":"node-%9$d","schedulerName":"default-scheduler",\
                "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","tolerationSeconds":300}]},\
                "status":{"phase":"Running","hostIP":"10.0.0.1","podIP":"10.1.0.1","qosClass":"Burstable",\
                "startTime":"2026-11-23T05:39:42Z",\
                "conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-23T05:39:50Z"},\
                {"type":"ContainersReady","status":"True","lastTransitionTime":"2026-11-23T05:39:50Z"},\
                {"type":"PodScheduled","status":"True","lastTransitionTime":"2026-11-23T05:39:41Z"}],\
                "containerStatuses":[%10$s,%11$s]}}""".formatted(
                        name,
                        i % NAMESPACES,
                        uid,
                        2000L + i,
                        i % 500,
                        uid(2, i % 500),
                        MANAGED,
                        image,
                        i % nodes,
                        status("service", image, i),
                        status("proxy", "registry.example.com/mesh/proxy:1.30.1", i));
    }

    private static String status(String name, String image, int i) {
        String digest = (uid(3, i) + uid(4, i)).replace("-", "");
        return """
                {"name":"%1$s","image":"%2$s","imageID":"%2$s@sha256:%3$s","containerID":"containerd://%3$s",\
                "restartCount":0,"ready":true,"started":true,"state":{"running":{"startedAt":"2026-11-23T05:39:45Z"}},\
                "lastState":{}}""".formatted(name, image, digest);
    }

    private static String node(int i) {
        return """
                {"metadata":{"name":"node-%1$d","uid":"%2$s","resourceVersion":"1000","labels":{"zone":"z%3$d"},\
                "annotations":{"csi":"handle"}},"spec":{"podCIDR":"10.1.0.0/24"},\
                "status":{"conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-11-23T05:00:00Z"}],\
                "nodeInfo":{"bootID":"%4$s","kubeletVersion":"v1.34.1"}}}""".formatted(i, uid(5, i), i % 3, uid(6, i));
    }

    private static String namespace(int i) {
        return """
                {"metadata":{"name":"team-%1$d","uid":"%2$s","resourceVersion":"1000",\
                "labels":{"kubernetes.io/metadata.name":"team-%1$d"}}}""".formatted(i, uid(7, i));
    }

    private static String rule(int i) {
        return """
                {"metadata":{"name":"rule-%1$d","uid":"%2$s","resourceVersion":"1000","generation":1},\
                "spec":{"podSelector":{"matchLabels":{"team":"team-%1$d"}},"spiffeIDTemplate":"spiffe://td/x"}}""".formatted(i, uid(8, i));
    }

    private static String uid(int kind, int i) {
        return "%08x-0000-4000-8000-%012x".formatted(kind * 7_919_041, i * 2_654_435_761L);
    }
}
