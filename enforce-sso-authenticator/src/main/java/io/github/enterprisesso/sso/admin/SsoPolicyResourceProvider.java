package io.github.enterprisesso.sso.admin;

import org.keycloak.Config;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.GroupModel.GroupMemberLeaveEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.IdentityProviderRemovedEvent;
import org.keycloak.models.RoleModel.RoleGrantedEvent;
import org.keycloak.models.RoleModel.RoleRevokedEvent;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Hangs {@link SsoPolicyResource} below {@code /admin/realms/{realm}}. */
public final class SsoPolicyResourceProvider implements AdminRealmResourceProviderFactory, AdminRealmResourceProvider {

    static final String ID = "sso-policy";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public AdminRealmResourceProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        return new SsoPolicyResource(session, realm, auth, adminEvent);
    }

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof IdentityProviderRemovedEvent removed) {
                RemovedProvider.of(removed).leavesThePolicy();
            } else if (event instanceof RoleGrantedEvent granted) {
                new RoleChange(granted.getKeycloakSession(), granted.getRealm(), granted.getRole(), granted.getUser())
                        .isNotMadeByAProvider();
            } else if (event instanceof RoleRevokedEvent revoked) {
                new LastAdministrator(revoked.getKeycloakSession(), revoked.getRealm(), revoked.getUser())
                        .keeps(revoked.getRole());
            } else if (event instanceof GroupMemberLeaveEvent left) {
                new LastAdministrator(left.getKeycloakSession(), left.getRealm(), left.getUser())
                        .staysIn(left.getGroup());
            } else if (event instanceof UserPreRemovedEvent removed) {
                new LastAdministrator(removed.getKeycloakSession(), removed.getRealm(), removed.getUser()).stays();
            } else if (event instanceof FederatedIdentityRemovedEvent removed) {
                LinkRemoval.of(removed).isNoWayOutOfTheScope();
            } else if (event instanceof PostMigrationEvent) {
                ExemptionExpiry.schedule(factory);
            }
        });
    }

    @Override
    public void close() {
        // holds nothing
    }
}
