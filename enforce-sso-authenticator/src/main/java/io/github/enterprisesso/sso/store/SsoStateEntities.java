package io.github.enterprisesso.sso.store;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel.UserRemovedEvent;

/**
 * Brings the tables of this module into Keycloak's database and takes rows away when their user or realm goes. There is no
 * foreign key, because the ids of federated users are in no table.
 *
 * <p>Keycloak names the change-log table after the first ten letters of {@link #ID}, and knows a change set by the name of its
 * file: neither may ever change.
 */
public final class SsoStateEntities implements JpaEntityProviderFactory {

    private static final String ID = "sso-state";
    private static final String CHANGELOG = "META-INF/sso-changelog.xml";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaEntityProvider() {
            @Override
            public List<Class<?>> getEntities() {
                return List.of(ExemptionEntity.class, LastLoginEntity.class);
            }

            @Override
            public String getChangelogLocation() {
                return CHANGELOG;
            }

            @Override
            public String getFactoryId() {
                return ID;
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmRemovedEvent removed) {
                String realmId = removed.getRealm().getId();
                new ExemptionRows(removed.getKeycloakSession(), realmId).removeAll();
                new LastLoginRows(removed.getKeycloakSession(), realmId).removeAll();
            } else if (event instanceof UserRemovedEvent removed) {
                String realmId = removed.getRealm().getId();
                String userId = removed.getUser().getId();
                new ExemptionRows(removed.getKeycloakSession(), realmId).remove(userId);
                new LastLoginRows(removed.getKeycloakSession(), realmId).remove(userId);
            }
        });
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void close() {
        // holds nothing
    }
}
