package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.claim.GroupsClaim.Named;
import io.github.enterprisesso.teams.claim.GroupsClaim.Unclear;
import io.github.enterprisesso.teams.claim.GroupsClaim.Why;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

/**
 * What a first login said of groups, kept until it is known who the person is here. A note of the client, as the first broker
 * login clears all others; it is taken away before the login is over.
 *
 * @param brokerUserId the person's id at the provider
 * @param why null when the groups are named
 */
record PendingClaim(String brokerUserId, Why why, List<String> values, Map<String, String> names) {

    private static final String NOTE = "group-mapping.claim.";

    static PendingClaim of(String brokerUserId, GroupsClaim claim, Map<String, String> names) {
        return claim instanceof Named named
                ? new PendingClaim(brokerUserId, null, named.values(), names)
                : new PendingClaim(brokerUserId, ((Unclear) claim).why(), List.of(), Map.of());
    }

    /** @param login null outside a browser's login: the request itself is remembered */
    void keep(String provider, AuthenticationSessionModel login, KeycloakSession session) {
        try {
            String text = JsonSerialization.writeValueAsString(this);
            if (login == null) {
                session.setAttribute(NOTE + provider, text);
            } else {
                login.setClientNote(NOTE + provider, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what was kept of this account, if anything. */
    static Optional<PendingClaim> take(
            FederatedIdentityModel identity, AuthenticationSessionModel login, KeycloakSession session) {
        String note = NOTE + identity.getIdentityProvider();
        String text = login == null ? session.getAttribute(note, String.class) : login.getClientNote(note);
        if (text == null) {
            return Optional.empty();
        }
        session.removeAttribute(note);
        if (login != null) {
            login.removeClientNote(note);
        }
        try {
            return Optional.of(JsonSerialization.readValue(text, PendingClaim.class))
                    .filter(kept -> kept.brokerUserId().equals(identity.getUserId()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    GroupsClaim claim() {
        return why == null ? new Named(values) : new Unclear(why);
    }
}
