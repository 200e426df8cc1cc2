package io.svidflow.producer.delivery;

import io.svidflow.event.Origin;
import io.svidflow.producer.coverage.Source;
import io.svidflow.producer.live.Outlet;
import io.svidflow.producer.live.Outlets;
import io.svidflow.producer.live.Position;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The outlets of one live source, until it is started again. */
final class ProcessOutlets implements Outlets {

    private final String name;
    private final Delivery delivery;
    private final Map<Source, Outlet> open = new ConcurrentHashMap<>();

    ProcessOutlets(String name, Delivery delivery) {
        this.name = name;
        this.delivery = delivery;
    }

    @Override
    public Outlet of(Source source) throws InterruptedException {
        Outlet known = open.get(source);
        if (known != null) {
            return known;
        }
        Outlet outlet = delivery.channel(source, name).open();
        open.put(source, outlet);
        return outlet;
    }

    @Override
    public Set<Source> known() throws InterruptedException {
        return delivery.known();
    }

    @Override
    public Optional<Position> stored(Source source) throws InterruptedException {
        return delivery.stored(source);
    }

    @Override
    public void release(Source source) throws InterruptedException {
        open.remove(source);
        delivery.release(source, name);
    }

    @Override
    public void deadLetter(String reader, Origin origin, String raw, String reason) throws InterruptedException {
        delivery.deadLetter(reader, origin, raw, reason);
    }
}
