package io.svidflow.producer.spire.poll;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.svidflow.event.Origin;
import io.svidflow.producer.live.Outlet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects that cannot be understood: each is kept once, however often it is listed. Not thread-safe. */
final class OddObjects {

    private static final int REMEMBERED = 1000;

    private final Outlet outlet;
    private final Map<Message, Boolean> kept = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Message, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    OddObjects(Outlet outlet) {
        this.outlet = outlet;
    }

    /** @param reason what is odd about it */
    void keep(Message object, String reason, Origin origin) throws InterruptedException {
        if (kept.put(object, Boolean.TRUE) == null) {
            outlet.deadLetter(origin, json(object), reason);
        }
    }

    private static String json(Message object) {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(object);
        } catch (InvalidProtocolBufferException e) {
            return object.toString();
        }
    }
}
