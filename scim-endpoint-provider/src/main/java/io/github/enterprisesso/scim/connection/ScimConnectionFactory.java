package io.github.enterprisesso.scim.connection;

import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.IdentityProviderRemovedEvent;
import org.keycloak.provider.ProviderConfigProperty;

/** The component {@code scim-connection}: validates it, prepares the realm for it, and cleans up after it. */
public final class ScimConnectionFactory implements ScimConnectionProviderFactory {

    public static final String ID = "scim-connection";

    @Override
    public ScimConnectionProvider create(KeycloakSession session, ComponentModel component) {
        ScimConnection connection = ScimConnection.of(component);
        return () -> connection;
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel component) {
        new ConnectionValidation(session, realm, component).check();
    }

    @Override
    public void onCreate(KeycloakSession session, RealmModel realm, ComponentModel component) {
        DeclaredAttributes.ensure(session, realm, ScimConnection.of(component));
    }

    @Override
    public void onUpdate(KeycloakSession session, RealmModel realm, ComponentModel before, ComponentModel after) {
        DeclaredAttributes.ensure(session, realm, ScimConnection.of(after));
    }

    /** The users stay, until a connection adopts them; the groups stay as groups that nobody has pushed. */
    @Override
    public void preRemove(KeycloakSession session, RealmModel realm, ComponentModel component) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        for (String entity :
                List.of("ScimTokenEntity", "ScimUserEntity", "ScimRequestEntity", "ScimGroupMemberEntity")) {
            em.createQuery("delete from " + entity + " e where e.connectionId = :connection")
                    .setParameter("connection", component.getId())
                    .executeUpdate();
        }
        PushedGroups.detach(session, realm, em, component.getId());
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof IdentityProviderRemovedEvent removed) {
                removeConnections(
                        removed.getKeycloakSession(),
                        removed.getRealm(),
                        removed.getRemovedIdentityProvider().getAlias());
            }
        });
    }

    /** A connection is nothing without its identity provider: its tokens must not outlive it. */
    private static void removeConnections(KeycloakSession session, RealmModel realm, String alias) {
        ScimConnection.all(realm).stream()
                .filter(connection -> alias.equals(connection.identityProvider()))
                .forEach(connection -> {
                    realm.removeComponent(connection.component());
                    RemovalEvent.record(session, realm, connection);
                });
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getHelpText() {
        return "SCIM provisioning by an enterprise identity provider";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        ProviderConfigProperty identityProvider = new ProviderConfigProperty(
                ScimConnection.IDENTITY_PROVIDER,
                "Identity provider",
                "Alias of the enterprise identity provider that provisions and signs in the users.",
                ProviderConfigProperty.STRING_TYPE,
                null);
        identityProvider.setRequired(true);
        return Stream.concat(
                        Stream.of(identityProvider),
                        Arrays.stream(ConnectionOption.values()).map(ConnectionOption::property))
                .toList();
    }
}
