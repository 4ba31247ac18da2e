package io.github.enterprisesso.teams.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import org.keycloak.common.util.Time;

/** The realm's people as administrators look for them: those in Keycloak's own table, no service accounts. */
public final class PeopleRows {

    private final EntityManager em;
    private final String realmId;

    PeopleRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /**
     * Id, user name, e-mail address, first name, last name of the realm's people, by user name.
     *
     * @param search in any case, part of user name, e-mail address or full name; empty for everybody
     * @param groupId members of this group only; null for everybody
     */
    public List<Object[]> page(String search, String groupId, int first, int max) {
        return people(
                        "select u.id, u.username, u.email, u.firstName, u.lastName",
                        search,
                        groupId,
                        " order by u.username",
                        Object[].class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** How many {@link #page} there are on all pages. */
    public long count(String search, String groupId) {
        return people("select count(u)", search, groupId, "", Long.class).getSingleResult();
    }

    private <T> TypedQuery<T> people(String what, String search, String groupId, String order, Class<T> type) {
        String pattern = MapperState.containing(search);
        String hql = what + " from UserEntity u where u.realmId = :realm and u.serviceAccountClientLink is null";
        if (!pattern.equals("%%")) {
            hql += " and (u.username like :pattern escape '\\' or u.email like :pattern escape '\\'"
                    + " or lower(concat(coalesce(u.firstName, ''), ' ', coalesce(u.lastName, ''))) like :pattern escape '\\')";
        }
        if (groupId != null) {
            hql += " and u.id in (select m.user.id from UserGroupMembershipEntity m where m.groupId = :group)";
        }
        TypedQuery<T> query = em.createQuery(hql + order, type).setParameter("realm", realmId);
        if (!pattern.equals("%%")) {
            query.setParameter("pattern", pattern);
        }
        if (groupId != null) {
            query.setParameter("group", groupId);
        }
        return query;
    }

    /** E-mail address, first name, last name, organization's id, its name and end (seconds) of invitations that are open. */
    public List<Object[]> invitations(String search, int max) {
        return em.createQuery(
                        "select i.email, i.firstName, i.lastName, o.id, o.name, i.expiresAt"
                                + " from OrganizationInvitationEntity i, OrganizationEntity o"
                                + " where i.organizationId = o.id and o.realmId = :realm and i.expiresAt >= :now"
                                + " and (lower(i.email) like :pattern escape '\\'"
                                + " or lower(concat(coalesce(i.firstName, ''), ' ', coalesce(i.lastName, ''))) like :pattern escape '\\')"
                                + " order by i.email, o.name",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("now", (int) (Time.currentTimeMillis() / 1000))
                .setParameter("pattern", MapperState.containing(search))
                .setMaxResults(max)
                .getResultList();
    }
}
