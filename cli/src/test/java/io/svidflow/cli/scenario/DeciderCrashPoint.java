package io.svidflow.cli.scenario;

/** Where a decider is killed: around the transaction in which it plans to change something. */
enum DeciderCrashPoint {
    BEFORE_COMMAND,
    AFTER_COMMAND,
    BEFORE_COMMIT,
    AFTER_COMMIT
}
