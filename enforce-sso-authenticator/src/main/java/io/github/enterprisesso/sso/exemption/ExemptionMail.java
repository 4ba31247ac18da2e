package io.github.enterprisesso.sso.exemption;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Tells a person about his exemption, in his language (his attribute {@code locale}), else in the realm's: whoever exempts him
 * may read another one. A mail that cannot be sent changes nothing but the log. The templates get {@code reason}, {@code until}
 * (a date and time, empty for no end) and {@code days} (full days until then, 0 for no end).
 */
public final class ExemptionMail {

    private static final Logger LOG = Logger.getLogger(ExemptionMail.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    public ExemptionMail(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public void granted(UserModel user, Terms terms) {
        send(user, terms, "ssoExemptionGrantedSubject", "sso-exemption-granted.ftl");
    }

    public void expiring(UserModel user, Terms terms) {
        send(user, terms, "ssoExemptionExpiringSubject", "sso-exemption-expiring.ftl");
    }

    private void send(UserModel user, Terms terms, String subject, String template) {
        if (realm.getSmtpConfig() == null || realm.getSmtpConfig().isEmpty() || user.getEmail() == null) {
            return;
        }
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send(subject, template, attributes(user, terms));
        } catch (EmailException e) {
            LOG.warnf(e, "No mail about his exemption to user %s of realm %s", user.getId(), realm.getName());
        }
    }

    /** Keycloak adds to the map. */
    private Map<String, Object> attributes(UserModel user, Terms terms) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
        attributes.put("reason", terms.reason());
        attributes.put("until", terms.until().map(end -> text(user, end)).orElse(""));
        attributes.put("days", terms.until().map(ExemptionMail::days).orElse(0L));
        return attributes;
    }

    private String text(UserModel user, Instant end) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.LONG)
                .withLocale(session.getContext().resolveLocale(user, true))
                .withZone(ZoneOffset.UTC)
                .format(end);
    }

    private static long days(Instant end) {
        return Math.max(0, Duration.between(Exemptions.now(), end).toDays());
    }
}
