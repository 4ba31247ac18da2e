package io.github.enterprisesso.scim.context;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;

/** How many of what one request has changed, counted by its admin events. */
public final class Effects {

    private static final String ATTRIBUTE = "scim.effects";

    private final Map<String, Integer> counts = new TreeMap<>();

    private Effects() {}

    public static Effects of(KeycloakSession session) {
        Effects effects = session.getAttribute(ATTRIBUTE, Effects.class);
        if (effects == null) {
            effects = new Effects();
            session.setAttribute(ATTRIBUTE, effects);
        }
        return effects;
    }

    void add(OperationType operation, String resource) {
        counts.merge(key(operation, resource), 1, Integer::sum);
    }

    /** What a part of the request has changed, in a session of its own. */
    public void add(Effects part) {
        part.counts.forEach((key, count) -> counts.merge(key, count, Integer::sum));
    }

    public int count(OperationType operation, ResourceType resource) {
        return counts.getOrDefault(key(operation, resource.name()), 0);
    }

    private static String key(OperationType operation, String resource) {
        return resource + "_" + operation;
    }

    /** {@code GROUP_MEMBERSHIP_CREATE=500,GROUP_UPDATE=1}; null: nothing. */
    public String text() {
        return counts.isEmpty()
                ? null
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + "=" + count.getValue())
                        .collect(Collectors.joining(","));
    }
}
