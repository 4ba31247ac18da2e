package io.github.enterprisesso.scim.connection;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/** The Organization that a connection is bound to, by its alias: Keycloak never lets that change. */
public final class BoundOrganization {

    private static final String MEMBER = "exists (select 1 from OrganizationEntity o"
            + " join UserGroupMembershipEntity om on om.groupId = o.groupId"
            + " where o.realmId = :realm and o.alias = %s and om.user.id = u.id)";

    /** What is wrong with another alias. */
    public static final String REQUIRED =
            "must be the alias of an organization of this realm, and the realm must have organizations enabled";

    private BoundOrganization() {}

    /**
     * Condition on a user {@code u}, of the realm {@code :realm}, with the alias in place of {@code %s}. While the realm has
     * organizations switched off, nobody is a member.
     */
    public static String member(RealmModel realm) {
        return realm.isOrganizationsEnabled() ? MEMBER : "1 = 0 and " + MEMBER;
    }

    public static Optional<OrganizationModel> find(KeycloakSession session, RealmModel realm, String alias) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (organizations == null || !realm.isOrganizationsEnabled()) {
            return Optional.empty();
        }
        return em(session)
                .createQuery(
                        "select o.id from OrganizationEntity o where o.realmId = :realm and o.alias = :alias",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("alias", alias)
                .getResultStream()
                .findFirst()
                .map(organizations::getById);
    }

    /** An import brings the connections of a realm before its organizations. */
    static boolean mayComeLater(KeycloakSession session, RealmModel realm) {
        return realm.isOrganizationsEnabled()
                && em(session)
                        .createQuery("select o.id from OrganizationEntity o where o.realmId = :realm", String.class)
                        .setParameter("realm", realm.getId())
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
