package io.github.enterprisesso.scim.store;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.GroupModel.GroupRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;

/**
 * Brings the tables of this module into Keycloak's database and empties them when a realm goes.
 * SCIM_USER and SCIM_ATTRIBUTE rows of a removed user go with the foreign key; those of a removed connection with the connection.
 */
public final class ScimJpaEntityProviderFactory implements JpaEntityProviderFactory {

    /** Keycloak names the change-log table after the first ten letters: they must differ from every other extension's. */
    static final String ID = "scim-state";

    /** Part of every change set's identity: never renamed, and a released change set is never edited. */
    private static final String CHANGELOG = "META-INF/scim-changelog.xml";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new ScimJpaEntityProvider();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof RealmRemovedEvent removed) {
                forgetRealm(removed.getKeycloakSession(), removed.getRealm().getId());
            } else if (event instanceof GroupRemovedEvent removed) {
                forgetGroup(removed.getKeycloakSession(), removed.getGroup().getId());
            }
        });
    }

    private static void forgetRealm(KeycloakSession session, String realmId) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        for (String entity : List.of(
                "ScimTokenEntity",
                "ScimUserEntity",
                "ScimRequestEntity",
                "ScimAttributeEntity",
                "ScimGroupMemberEntity")) {
            em.createQuery("delete from " + entity + " e where e.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }

    /** No foreign keys do it: from two columns into one table, not every database lets both cascade. */
    private static void forgetGroup(KeycloakSession session, String groupId) {
        session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("delete from ScimGroupMemberEntity e where e.groupId = :group or e.memberId = :group")
                .setParameter("group", groupId)
                .executeUpdate();
    }

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }

    private static final class ScimJpaEntityProvider implements JpaEntityProvider {

        @Override
        public List<Class<?>> getEntities() {
            return List.of(
                    ScimTokenEntity.class,
                    ScimUserEntity.class,
                    ScimRequestEntity.class,
                    ScimAttributeEntity.class,
                    ScimGroupMemberEntity.class);
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
        public void close() {}
    }
}
