package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * How a user signs in (requirement ADM-7): what the SSO policy's tables say of him, in the form of its own list of people.
 *
 * @param lastSsoLogin through a provider that the policy accepts; null for none
 * @param lastOtherLogin of any other kind; null for none
 * @param exempt whether he holds the exempt role, and its terms have not ended
 * @param exemption the terms on record, which may have ended; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SignInsJson(Login lastSsoLogin, Login lastOtherLogin, boolean exempt, Terms exemption) {

    /** Required action whose configuration is the policy. */
    private static final String POLICY = "enforce-sso";

    /** Its option for the name of the exempt role, and the name where it is not set. */
    private static final String EXEMPT_ROLE = "exemptRole";

    private static final String EXEMPT = "sso-exempt";

    /** Entities of the SSO policy, each with a row for a user of a realm. */
    private static final String LAST_LOGIN = "LastLoginEntity";

    private static final String EXEMPTION = "ExemptionEntity";

    /**
     * @param at ISO-8601
     * @param provider alias of the identity provider; null for a login of another kind
     * @param method of a login of another kind; null for one through a provider
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Login(String at, String provider, String method) {}

    /**
     * @param until ISO-8601; null where they have no end
     * @param by who answers for it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Terms(String until, String reason, String by) {}

    /** Empty where the SSO policy is not installed. */
    static Optional<SignInsJson> of(KeycloakSession session, RealmModel realm, UserModel user) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Set<String> installed = em.getMetamodel().getEntities().stream()
                .map(entity -> entity.getName())
                .collect(Collectors.toSet());
        if (!installed.containsAll(Set.of(LAST_LOGIN, EXEMPTION))) {
            return Optional.empty();
        }
        Optional<Tuple> logins = row(em, LAST_LOGIN, "e.enterpriseAt, e.provider, e.otherAt, e.method", realm, user);
        Optional<Tuple> terms = row(em, EXEMPTION, "e.untilAt, e.reason, e.owner", realm, user);
        boolean ended = terms.map(row -> row.get(0, Long.class))
                .filter(until -> until <= Time.currentTimeMillis())
                .isPresent();
        return Optional.of(new SignInsJson(
                logins.filter(row -> row.get(0) != null)
                        .map(row -> new Login(time(row, 0), row.get(1, String.class), null))
                        .orElse(null),
                logins.filter(row -> row.get(2) != null)
                        .map(row -> new Login(time(row, 2), null, row.get(3, String.class)))
                        .orElse(null),
                exemptRole(realm).filter(user::hasRole).isPresent() && !ended,
                terms.map(row -> new Terms(time(row, 0), row.get(1, String.class), row.get(2, String.class)))
                        .orElse(null)));
    }

    private static Optional<Tuple> row(
            EntityManager em, String entity, String fields, RealmModel realm, UserModel user) {
        return em.createQuery(
                        "select " + fields + " from " + entity + " e where e.realmId = :realm and e.userId = :user",
                        Tuple.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .getResultStream()
                .findFirst();
    }

    private static String time(Tuple row, int index) {
        Long millis = row.get(index, Long.class);
        return millis == null ? null : Views.iso(millis);
    }

    private static Optional<RoleModel> exemptRole(RealmModel realm) {
        return Optional.ofNullable(realm.getRequiredActionConfigByAlias(POLICY))
                .map(RequiredActionConfigModel::getConfig)
                .map(config -> config.get(EXEMPT_ROLE))
                .filter(name -> !name.isBlank())
                .map(String::strip)
                .or(() -> Optional.of(EXEMPT))
                .map(realm::getRole);
    }
}
