package io.svidflow.diagnosis;

/**
 * What pods made from one template were seen to do, where the agent's log names everybody who asks.
 *
 * @param asked asked soon after their start
 * @param returned asked again after their agent had started anew
 * @param silent were to be seen asking, and were not
 */
public record SiblingRequests(int asked, int returned, int silent) {

    public static final SiblingRequests NONE = new SiblingRequests(0, 0, 0);
}
