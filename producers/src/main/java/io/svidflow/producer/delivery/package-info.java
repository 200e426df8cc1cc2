/**
 * How what live sources say reaches Kafka: facts first, then the position behind them, then the heartbeat that promises
 * both. Start at {@link io.svidflow.producer.delivery.Delivery}.
 */
package io.svidflow.producer.delivery;
