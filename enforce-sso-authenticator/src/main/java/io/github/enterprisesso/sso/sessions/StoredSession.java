package io.github.enterprisesso.sso.sessions;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.enterprisesso.sso.gate.SessionEvidence;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.util.JsonSerialization;

/**
 * A session as it lies in Keycloak's table, for reading: what proves how it began is there, its user, its clients and its
 * times are not.
 */
final class StoredSession implements SessionEvidence.WithLinks {

    private final RealmModel realm;
    private final String id;
    private final boolean offline;
    private final String userId;
    private final Data data;
    private final Function<String, Optional<String>> links;

    /** The column DATA, as far as it matters here. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Data(String brokerUserId, String authMethod, Map<String, String> notes) {

        private static final Data NOTHING = new Data(null, null, Map.of());

        private Data {
            notes = notes == null ? Map.of() : notes;
        }

        /** As Keycloak's PersistentUserSessionAdapter writes it; what cannot be read proves nothing. */
        private static Data of(String json) {
            try {
                return json == null ? NOTHING : JsonSerialization.mapper.readValue(json, Data.class);
            } catch (JsonProcessingException unreadable) {
                return NOTHING;
            }
        }
    }

    private StoredSession(
            RealmModel realm,
            String id,
            boolean offline,
            String userId,
            Data data,
            Function<String, Optional<String>> links) {
        this.realm = realm;
        this.id = id;
        this.offline = offline;
        this.userId = userId;
        this.data = data;
        this.links = links;
    }

    /** @param json the column DATA */
    static StoredSession of(RealmModel realm, String id, boolean offline, String userId, String json) {
        return new StoredSession(realm, id, offline, userId, Data.of(json), alias -> Optional.empty());
    }

    /** The same, with what is known of its person's accounts at identity providers. */
    StoredSession withLinks(Function<String, Optional<String>> known) {
        return new StoredSession(realm, id, offline, userId, data, known);
    }

    String userId() {
        return userId;
    }

    @Override
    public Optional<String> linkedAs(String alias) {
        return links.apply(alias);
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public RealmModel getRealm() {
        return realm;
    }

    @Override
    public boolean isOffline() {
        return offline;
    }

    @Override
    public String getBrokerUserId() {
        return data.brokerUserId();
    }

    @Override
    public String getAuthMethod() {
        return data.authMethod();
    }

    @Override
    public String getNote(String name) {
        return data.notes().get(name);
    }

    @Override
    public Map<String, String> getNotes() {
        return Map.copyOf(data.notes());
    }

    @Override
    public String getBrokerSessionId() {
        throw notHere();
    }

    @Override
    public UserModel getUser() {
        throw notHere();
    }

    @Override
    public String getLoginUsername() {
        throw notHere();
    }

    @Override
    public String getIpAddress() {
        throw notHere();
    }

    @Override
    public boolean isRememberMe() {
        throw notHere();
    }

    @Override
    public int getStarted() {
        throw notHere();
    }

    @Override
    public int getLastSessionRefresh() {
        throw notHere();
    }

    @Override
    public void setLastSessionRefresh(int seconds) {
        throw notHere();
    }

    @Override
    public Map<String, AuthenticatedClientSessionModel> getAuthenticatedClientSessions() {
        throw notHere();
    }

    @Override
    public void removeAuthenticatedClientSessions(Collection<String> removedClientUUIDS) {
        throw notHere();
    }

    @Override
    public void setNote(String name, String value) {
        throw notHere();
    }

    @Override
    public void removeNote(String name) {
        throw notHere();
    }

    @Override
    public State getState() {
        throw notHere();
    }

    @Override
    public void setState(State state) {
        throw notHere();
    }

    @Override
    public void restartSession(
            RealmModel realm,
            UserModel user,
            String loginUsername,
            String ipAddress,
            String authMethod,
            boolean rememberMe,
            String brokerSessionId,
            String brokerUserId) {
        throw notHere();
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("Load the session to ask or do that");
    }
}
