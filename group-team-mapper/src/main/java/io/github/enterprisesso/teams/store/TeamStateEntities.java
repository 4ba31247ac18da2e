package io.github.enterprisesso.teams.store;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Brings the mapper's tables into Keycloak's database.
 *
 * <p>Keycloak names the change-log table after the first ten letters of {@link #ID}, and knows a change set by the name of its
 * file: neither may ever change.
 */
public final class TeamStateEntities implements JpaEntityProviderFactory {

    private static final String ID = "team-state";
    private static final String CHANGELOG = "META-INF/team-changelog.xml";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaEntityProvider() {
            @Override
            public List<Class<?>> getEntities() {
                return List.of(
                        PushedGroupEntity.class,
                        MappingEntity.class,
                        GrantEntity.class,
                        ConflictEntity.class,
                        DecisionEntity.class,
                        TombstoneEntity.class,
                        TombstoneMemberEntity.class);
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
        };
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
