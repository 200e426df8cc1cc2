"""Times as Kubernetes writes them."""

import datetime


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def seconds(moment=None):
    """Cut to whole seconds, as most of Kubernetes' own times are."""
    return (moment or now()).strftime("%Y-%m-%dT%H:%M:%SZ")


def micros(moment=None):
    return (moment or now()).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def say(*words):
    """One line on stdout, with the time."""
    print(seconds(), *words, flush=True)
