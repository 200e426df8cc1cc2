package io.svidflow.resync.journal;

/** Where an actor is killed. */
enum CrashPoint {
    NOWHERE,
    BEFORE_INTENT,
    AFTER_INTENT,
    DURING_CALL,
    AFTER_CALL,
    BEFORE_RESULT,
    AFTER_RESULT
}
