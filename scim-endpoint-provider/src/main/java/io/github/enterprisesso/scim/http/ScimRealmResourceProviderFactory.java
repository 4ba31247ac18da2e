package io.github.enterprisesso.scim.http;

import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Mounts the endpoint at /realms/{realm}/scim-provisioning. ({@code scim} is Keycloak's own; Okta refuses underscores.) */
public final class ScimRealmResourceProviderFactory implements RealmResourceProviderFactory {

    /** First segment below the realm. */
    public static final String ID = "scim-provisioning";

    private final NodeState node = new NodeState();
    private Duration housekeeping;

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new ScimRealmResourceProvider(session, node);
    }

    @Override
    public void init(Config.Scope config) {
        housekeeping = Housekeeping.interval(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                KeycloakModelUtils.runJobInTransaction(
                        factory, session -> Housekeeping.schedule(session, housekeeping));
                node.requestLog().start(factory);
            }
        });
    }

    @Override
    public void close() {
        node.requestLog().stop();
    }

    @Override
    public String getId() {
        return ID;
    }

    private record ScimRealmResourceProvider(KeycloakSession session, NodeState node) implements RealmResourceProvider {

        @Override
        public Object getResource() {
            return new ScimEndpoint(session, node);
        }

        @Override
        public void close() {}
    }
}
