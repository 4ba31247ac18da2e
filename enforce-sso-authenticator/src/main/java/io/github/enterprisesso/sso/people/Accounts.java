package io.github.enterprisesso.sso.people;

import io.github.enterprisesso.sso.exemption.Terms;
import io.github.enterprisesso.sso.people.Account.Link;
import io.github.enterprisesso.sso.policy.EnforcedOrganization;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.SsoSettings;
import io.github.enterprisesso.sso.store.ExemptionEntity;
import io.github.enterprisesso.sso.store.ExemptionRows;
import io.github.enterprisesso.sso.store.LastLoginEntity;
import io.github.enterprisesso.sso.store.LastLoginRows;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * The accounts of a realm that are in Keycloak's own table: local people and imported ones, no service accounts. Seven
 * statements for a page, whatever its size, and a few more for the first one (who is in a position to hold the exempt role).
 */
public final class Accounts {

    private static final String PEOPLE =
            " from UserEntity u where u.realmId = :realm and u.serviceAccountClientLink is null";

    private static final String FOUND = " and (u.username like :text escape '!' or u.email like :text escape '!'"
            + " or lower(concat(coalesce(u.firstName, ''), ' ', coalesce(u.lastName, ''))) like :text escape '!')";

    private static final String FIELDS = "select u.id, u.username, u.email, u.firstName, u.lastName, u.enabled";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager database;
    private final RoleHolders exempt;
    private final Map<String, EnforcedOrganization> organizationByGroup;

    public Accounts(KeycloakSession session, RealmModel realm) {
        SsoSettings settings = SsoSettings.of(realm);
        this.session = session;
        this.realm = realm;
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.exempt = RoleHolders.of(database, realm.getRole(settings.exemptRole()));
        this.organizationByGroup = settings.scopes().contains(Scope.ORGANIZATIONS) ? organizations() : Map.of();
    }

    /**
     * A page of those whose user name, e-mail address or full name contains a text, by user name.
     *
     * @param text in any case; empty for everybody
     */
    public List<Account> search(String text, int first, int max) {
        return complete(filtered(FIELDS, text, " order by u.username", Object[].class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList());
    }

    /** How many {@link #search} finds. */
    public long count(String text) {
        return filtered("select count(u)", text, "", Long.class).getSingleResult();
    }

    /**
     * The next ones by user name: a walk through the realm costs the same at its end as at its beginning.
     *
     * @param username where to go on; empty at the beginning
     */
    public List<Account> after(String username, int max) {
        TypedQuery<Object[]> next = database.createQuery(
                        FIELDS + PEOPLE + (username.isEmpty() ? "" : " and u.username > :last")
                                + " order by u.username",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .setMaxResults(max);
        if (!username.isEmpty()) {
            next.setParameter("last", username);
        }
        return complete(next.getResultList());
    }

    /** By id; ids of service accounts, of federated users that are not imported and of nobody are left out. */
    public Map<String, Account> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : complete(database.createQuery(FIELDS + PEOPLE + " and u.id in (:ids)", Object[].class)
                                .setParameter("realm", realm.getId())
                                .setParameter("ids", ids)
                                .getResultList())
                        .stream()
                        .collect(Collectors.toMap(Account::id, Function.identity()));
    }

    private <T> TypedQuery<T> filtered(String select, String text, String order, Class<T> type) {
        if (text.isBlank()) {
            return database.createQuery(select + PEOPLE + order, type).setParameter("realm", realm.getId());
        }
        String pattern = text.strip().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
        return database.createQuery(select + PEOPLE + FOUND + order, type)
                .setParameter("realm", realm.getId())
                .setParameter("text", "%" + pattern + "%");
    }

    private List<Account> complete(List<Object[]> rows) {
        List<String> ids = rows.stream().map(row -> (String) row[0]).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, List<Link>> links = links(ids);
        Map<String, Set<String>> credentials = credentials(ids);
        Map<String, Set<String>> groups = groups(ids);
        Set<String> byRole = directHolders(ids);
        Map<String, Terms> terms = new ExemptionRows(session, realm.getId())
                .of(ids).stream().collect(Collectors.toMap(ExemptionEntity::getUserId, Terms::of));
        Map<String, LastLogins> logins = new LastLoginRows(session, realm.getId())
                .of(ids).stream().collect(Collectors.toMap(LastLoginEntity::getUserId, LastLogins::of));
        return rows.stream()
                .map(row -> {
                    String id = (String) row[0];
                    Set<String> memberOf = groups.getOrDefault(id, Set.of());
                    return new Account(
                            id,
                            (String) row[1],
                            (String) row[2],
                            (String) row[3],
                            (String) row[4],
                            (Boolean) row[5],
                            links.getOrDefault(id, List.of()),
                            credentials.getOrDefault(id, Set.of()),
                            byRole.contains(id) || memberOf.stream().anyMatch(exempt.groups()::contains),
                            Optional.ofNullable(terms.get(id)),
                            organizationByGroup.entrySet().stream()
                                    .filter(organization -> memberOf.contains(organization.getKey()))
                                    .map(Map.Entry::getValue)
                                    .toList(),
                            logins.getOrDefault(id, LastLogins.NONE));
                })
                .toList();
    }

    private Map<String, List<Link>> links(List<String> ids) {
        return of(
                        "select l.user.id, l.identityProvider, l.userId from FederatedIdentityEntity l"
                                + " where l.user.id in (:ids)",
                        ids)
                .collect(Collectors.groupingBy(
                        row -> (String) row[0],
                        Collectors.mapping(row -> new Link((String) row[1], (String) row[2]), Collectors.toList())));
    }

    private Map<String, Set<String>> credentials(List<String> ids) {
        return sets("select distinct c.user.id, c.type from CredentialEntity c where c.user.id in (:ids)", ids);
    }

    private Map<String, Set<String>> groups(List<String> ids) {
        return sets("select m.user.id, m.groupId from UserGroupMembershipEntity m where m.user.id in (:ids)", ids);
    }

    private Set<String> directHolders(List<String> ids) {
        return exempt.roles().isEmpty()
                ? Set.of()
                : new HashSet<>(database.createQuery(
                                "select m.user.id from UserRoleMappingEntity m"
                                        + " where m.user.id in (:ids) and m.roleId in (:roles)",
                                String.class)
                        .setParameter("ids", ids)
                        .setParameter("roles", exempt.roles())
                        .getResultList());
    }

    private Map<String, Set<String>> sets(String query, List<String> ids) {
        return of(query, ids)
                .collect(Collectors.groupingBy(
                        row -> (String) row[0], Collectors.mapping(row -> (String) row[1], Collectors.toSet())));
    }

    private Stream<Object[]> of(String query, List<String> ids) {
        return database.createQuery(query, Object[].class).setParameter("ids", ids).getResultList().stream();
    }

    /** The organizations with a mode, by the id of the hidden group that holds their members. */
    private Map<String, EnforcedOrganization> organizations() {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        Map<String, EnforcedOrganization> byGroup = new HashMap<>();
        if (organizations == null || !realm.isOrganizationsEnabled()) {
            return byGroup;
        }
        database.createQuery(
                        "select o.id, o.groupId from OrganizationEntity o, GroupAttributeEntity a"
                                + " where a.group.id = o.groupId and a.name = :mode and o.realmId = :realm",
                        Object[].class)
                .setParameter("mode", SsoSettings.ORGANIZATION_MODE)
                .setParameter("realm", realm.getId())
                .getResultList()
                .forEach(row -> {
                    OrganizationModel organization = organizations.getById((String) row[0]);
                    OrganizationModes.enforced(session, organization)
                            .ifPresent(enforced -> byGroup.put((String) row[1], enforced));
                });
        return byGroup;
    }
}
