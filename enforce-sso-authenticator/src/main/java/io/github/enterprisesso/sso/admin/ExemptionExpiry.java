package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.exemption.ExemptionMail;
import io.github.enterprisesso.sso.exemption.Exemptions;
import io.github.enterprisesso.sso.exemption.Terms;
import io.github.enterprisesso.sso.settings.ServerOption;
import io.github.enterprisesso.sso.settings.SsoSettings;
import io.github.enterprisesso.sso.store.ExemptionEntity;
import io.github.enterprisesso.sso.store.ExemptionRows;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.timer.TimerProvider;

/**
 * What follows the end of an exemption, some time after it: the role is taken away, with an admin event. Nobody waits for it,
 * as terms that have ended exempt nobody. Also tells people that theirs ends soon. Runs on every node; each exemption is
 * handled by the node that changes its row first.
 */
final class ExemptionExpiry {

    private static final Logger LOG = Logger.getLogger(ExemptionExpiry.class);

    private static final Duration NOTICE = Duration.ofDays(7);

    private static final int AT_ONCE = 100;

    private ExemptionExpiry() {}

    static void schedule(KeycloakSessionFactory factory) {
        try (KeycloakSession session = factory.create()) {
            session.getProvider(TimerProvider.class)
                    .scheduleTask(
                            ExemptionExpiry::run,
                            Duration.ofSeconds(ServerOption.expiryInterval()).toMillis(),
                            "enforce-sso-exemptions");
        }
    }

    private static void run(KeycloakSession session) {
        Instant now = Exemptions.now();
        ExemptionRows.ended(session, now.toEpochMilli(), AT_ONCE)
                .forEach(row -> each(session, row, ExemptionExpiry::withdraw));
        ExemptionRows.ending(session, now.toEpochMilli(), now.plus(NOTICE).toEpochMilli(), AT_ONCE)
                .forEach(row -> each(session, row, ExemptionExpiry::warn));
    }

    /**
     * In a transaction of its own, so that what fails for one person does not keep the others. Somebody who cannot be found
     * (his directory is away) keeps his terms: without them the role would exempt him for good.
     */
    private static void each(KeycloakSession session, ExemptionEntity row, BiConsumer<KeycloakSession, Due> work) {
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                RealmModel realm = own.realms().getRealm(row.getRealmId());
                if (realm == null) {
                    return;
                }
                own.getContext().setRealm(realm);
                UserModel user = own.users().getUserById(realm, row.getUserId());
                if (user != null) {
                    work.accept(own, new Due(realm, row.getUserId(), user, Terms.of(row)));
                }
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "The exemption of user %s in realm %s could not be ended", row.getUserId(), row.getRealmId());
        }
    }

    private static void withdraw(KeycloakSession session, Due due) {
        boolean first = new ExemptionRows(session, due.realm().getId())
                .claimEnd(due.userId(), Exemptions.now().toEpochMilli());
        if (!first) {
            return;
        }
        Exemptions exemptions =
                new Exemptions(session, due.realm(), SsoSettings.of(due.realm()).exemptRole());
        exemptions.expire(due.user());
        LOG.infof(
                "The exemption of user %s in realm %s has ended",
                due.userId(), due.realm().getName());
        Metrics.counter("sso.exemptions", "realm", due.realm().getName(), "operation", "EXPIRED")
                .increment();
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("old", due.representation(false));
        change.put(
                "new",
                ExemptionRepresentation.of(
                        due.userId(), due.user().getUsername(), exemptions.exempt(due.user()), null));
        change.put("cause", "expired");
        new EventOfNobody(session, due.realm())
                .operation(OperationType.DELETE)
                .resource(ExemptionsResource.RESOURCE_TYPE)
                .resourcePath(SsoPolicyResourceProvider.ID, "exemptions", due.userId())
                .detail(UserModel.USERNAME, due.user().getUsername())
                .detail("cause", "expired")
                .representation(change)
                .success();
    }

    private static void warn(KeycloakSession session, Due due) {
        boolean first = new ExemptionRows(session, due.realm().getId())
                .claimWarning(due.userId(), Exemptions.now().toEpochMilli());
        if (first && SsoSettings.of(due.realm()).notifyExemptions()) {
            new ExemptionMail(session, due.realm()).expiring(due.user(), due.terms());
        }
    }

    private record Due(RealmModel realm, String userId, UserModel user, Terms terms) {

        ExemptionRepresentation representation(boolean exempt) {
            return ExemptionRepresentation.of(userId, user.getUsername(), exempt, terms);
        }
    }

    /** An admin event without an administrator: time did it. */
    private static final class EventOfNobody extends AdminEventBuilder {

        EventOfNobody(KeycloakSession session, RealmModel realm) {
            super(realm, null, session, null, prepared(realm));
        }

        private static AdminEvent prepared(RealmModel realm) {
            AuthDetails actor = new AuthDetails();
            actor.setRealmId(realm.getId());
            actor.setRealmName(realm.getName());
            actor.setClientId(SsoSettings.ACTION);
            AdminEvent event = new AdminEvent();
            event.setRealmId(realm.getId());
            event.setRealmName(realm.getName());
            event.setAuthDetails(actor);
            return event;
        }
    }
}
