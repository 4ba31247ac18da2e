package io.github.enterprisesso.sso.sessions;

import io.github.enterprisesso.sso.audit.ActingAdministrator;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.settings.SsoOption.Sessions;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What saving ENFORCE does to sessions that are there (ENF-8). */
public final class SwitchingOn {

    private static final Logger LOG = Logger.getLogger(SwitchingOn.class);

    /** Those of the event that ending sessions by REST makes, so that one look finds both. */
    private static final String EVENT_RESOURCE_TYPE = "SSO_POLICY";

    private static final String EVENT_PATH = "sso-policy/sessions";

    private SwitchingOn() {}

    /**
     * Ends what does not comply if the settings ask for it, as soon as they are committed: a session is judged by the policy
     * that every node sees. Also when a policy in ENFORCE is saved again, as its scope may have grown.
     */
    public static void ending(KeycloakSession session, RealmModel realm, SsoSettings wanted) {
        if (wanted.policy().mode() != Mode.ENFORCE || !Sessions.END.name().equals(wanted.sessionsOnEnforce())) {
            return;
        }
        String realmId = realm.getId();
        Optional<ActingAdministrator> administrator = ActingAdministrator.of(session);
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        NonCompliantSessions sessions = NonCompliantSessions.of(session, realm);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                SessionCount ended = sessions.end(Long.MAX_VALUE);
                KeycloakModelUtils.runJobInTransaction(
                        factory, later -> record(later, later.realms().getRealm(realmId), administrator, ended));
            }

            @Override
            protected void rollbackImpl() {
                // the policy was not saved
            }
        });
    }

    private static void record(
            KeycloakSession session,
            RealmModel realm,
            Optional<ActingAdministrator> administrator,
            SessionCount ended) {
        LOG.infof(
                "ENFORCE in realm %s ended %d sessions and %d offline sessions",
                realm.getName(), ended.sessions(), ended.offline());
        session.getContext().setRealm(realm);
        administrator.ifPresent(whoever -> whoever.event(session, realm)
                .operation(OperationType.ACTION)
                .resource(EVENT_RESOURCE_TYPE)
                .resourcePath(EVENT_PATH)
                .representation(Map.of("ended", ended, "cause", Mode.ENFORCE))
                .success());
    }
}
