package io.github.enterprisesso.teams.sync;

import java.util.UUID;
import org.keycloak.models.KeycloakSession;

/** One id for all that a request has caused. A SCIM request has its own, the {@code X-Request-Id} of its answer. */
final class RequestId {

    /** Session attribute; the SCIM endpoint writes it under this name. */
    private static final String ATTRIBUTE = "scim.request_id";

    private RequestId() {}

    static String of(KeycloakSession session) {
        String known = session.getAttribute(ATTRIBUTE, String.class);
        if (known != null) {
            return known;
        }
        String made = UUID.randomUUID().toString();
        session.setAttribute(ATTRIBUTE, made);
        return made;
    }

    /** Keeps the id in a session made for a part of the request's work. */
    static void carry(KeycloakSession from, KeycloakSession to) {
        to.setAttribute(ATTRIBUTE, of(from));
    }
}
