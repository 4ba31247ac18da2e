package io.github.enterprisesso.sso.sessions;

import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.settings.SsoOption.Sessions;
import io.github.enterprisesso.sso.settings.SsoSettings;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What saving ENFORCE does to sessions that are there (ENF-8). */
public final class SwitchingOn {

    private static final Logger LOG = Logger.getLogger(SwitchingOn.class);

    private SwitchingOn() {}

    /**
     * Ends what does not comply if the settings ask for it, as soon as they are committed: a session is judged by the policy
     * that every node sees. Also when a policy in ENFORCE is saved again, as its scope may have grown.
     */
    public static void ending(KeycloakSession session, RealmModel realm, SsoSettings wanted) {
        if (wanted.policy().mode() != Mode.ENFORCE || !Sessions.END.name().equals(wanted.sessionsOnEnforce())) {
            return;
        }
        String name = realm.getName();
        NonCompliantSessions sessions = NonCompliantSessions.of(session, realm);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                SessionCount ended = sessions.end(Long.MAX_VALUE);
                LOG.infof(
                        "ENFORCE in realm %s ended %d sessions and %d offline sessions",
                        name, ended.sessions(), ended.offline());
            }

            @Override
            protected void rollbackImpl() {
                // the policy was not saved
            }
        });
    }
}
