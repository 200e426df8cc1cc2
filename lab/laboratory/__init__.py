"""A Kubernetes and a SPIRE on one machine. Everything is the real thing but the kubelet, which is here."""
