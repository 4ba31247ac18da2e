package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.audit.ActingAdministrator;
import io.github.enterprisesso.sso.settings.PolicyStore;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.IdentityProviderRemovedEvent;

/**
 * An identity provider that was removed. Its alias must not stay trusted: whoever may make a provider of the same name
 * need not be allowed to change the policy.
 */
record RemovedProvider(KeycloakSession session, RealmModel realm, String alias) {

    private static final Logger LOG = Logger.getLogger(RemovedProvider.class);

    static RemovedProvider of(IdentityProviderRemovedEvent event) {
        return new RemovedProvider(
                event.getKeycloakSession(),
                event.getRealm(),
                event.getRemovedIdentityProvider().getAlias());
    }

    /** Changes the policy if it names the provider, with a warning in the log and an admin event. */
    void leavesThePolicy() {
        SsoSettings before = SsoSettings.of(realm);
        if (!before.names(alias)) {
            return;
        }
        new PolicyStore(realm).forget(alias);
        SsoSettings after = SsoSettings.of(realm);
        LOG.warnf(
                "Identity provider %s of realm %s was removed and is no allowed provider any more; mode %s, allowed: %s",
                alias, realm.getName(), after.mode(), after.allowedProviders());
        record(before, after);
    }

    /** Without an administrator (an import at start) the log has to do. */
    private void record(SsoSettings before, SsoSettings after) {
        ActingAdministrator.of(session)
                .ifPresent(administrator -> administrator
                        .event(session, realm)
                        .operation(OperationType.UPDATE)
                        .resource(SsoPolicyResource.RESOURCE_TYPE)
                        .resourcePath(SsoPolicyResourceProvider.ID)
                        .representation(Map.of(
                                "old", SsoPolicyRepresentation.of(before, null),
                                "new", SsoPolicyRepresentation.of(after, null),
                                "removedProvider", alias))
                        .success());
    }
}
