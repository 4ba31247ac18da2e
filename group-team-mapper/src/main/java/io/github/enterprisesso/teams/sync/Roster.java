package io.github.enterprisesso.teams.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.MapperState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;

/**
 * People with what they have, for administrators: those in Keycloak's own table, no service accounts. Each kind of thing in one
 * query, whatever the number of people on the page.
 */
public final class Roster {

    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Targets targets;
    private final People people;

    Roster(RealmModel realm, MappingSettings settings, MapperState state, Targets targets, People people) {
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.targets = targets;
        this.people = people;
    }

    /** What becomes of somebody who signs in. */
    public enum State {
        ACTIVE,
        /** No group of his is mapped: he waits for an administrator. */
        PENDING,
        DISABLED
    }

    /**
     * A person.
     *
     * @param email null for none
     * @param teams teams, exclusive groups and organizations, by name
     * @param roles roles of the ladder that he directly holds
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            String username,
            String email,
            String name,
            State state,
            boolean pending,
            List<Held> teams,
            List<Held> roles,
            long conflicts) {}

    /**
     * Something he has.
     *
     * @param type {@code TEAM}, {@code EXCLUSIVE_GROUP}, {@code ORGANIZATION} or {@code ROLE}
     * @param byHand whether somebody else than the mapper gave it
     */
    public record Held(String type, String id, String name, boolean byHand) {}

    /**
     * Somebody who was invited to an organization and has not come yet.
     *
     * @param expiresAt ISO-8601
     */
    public record Invitation(
            String email,
            String name,
            boolean pending,
            String organizationId,
            String organizationName,
            String expiresAt) {}

    /**
     * @param search in any case, part of user name, e-mail address or full name; empty for everybody
     * @param groupId members of this group only; null for everybody
     * @param max at most {@link Census#MOST}
     */
    public List<Entry> page(String search, String groupId, int first, int max) {
        List<Object[]> rows = state.people().page(search, groupId, first, Math.min(max, Census.MOST));
        Census census = state.look(rows.stream().map(row -> (String) row[0]).toList());
        Set<String> ladder = settings.roleLadder().stream()
                .map(realm::getRole)
                .filter(Objects::nonNull)
                .map(role -> role.getId())
                .collect(Collectors.toSet());
        return rows.stream().map(row -> entry(row, census, ladder)).toList();
    }

    /** How many there are on all pages. */
    public long count(String search, String groupId) {
        return state.people().count(search, groupId);
    }

    /** At most {@code max}, by e-mail address. */
    public List<Invitation> invitations(String search, int max) {
        if (!realm.isOrganizationsEnabled()) {
            return List.of();
        }
        return state.people().invitations(search, max).stream()
                .map(row -> new Invitation(
                        (String) row[0],
                        name(row[1], row[2]),
                        true,
                        (String) row[3],
                        (String) row[4],
                        Instant.ofEpochSecond((Integer) row[5]).toString()))
                .toList();
    }

    private Entry entry(Object[] row, Census census, Set<String> ladder) {
        String id = (String) row[0];
        Set<Entitlement> grants = census.grants(id);
        Set<String> given = grants.stream().map(Entitlement::targetId).collect(Collectors.toSet());
        State now = state(id, census);
        return new Entry(
                id,
                (String) row[1],
                (String) row[2],
                name(row[3], row[4]),
                now,
                now == State.PENDING,
                teams(id, census, given),
                census.roles(id).stream()
                        .filter(ladder::contains)
                        .map(realm::getRoleById)
                        .map(role ->
                                new Held(Kind.ROLE.name(), role.getId(), role.getName(), !given.contains(role.getId())))
                        .toList(),
                census.conflicts(id).size());
    }

    /** What is on record may be of settings, or of a person's roles, that are others now: nobody is reconciled for either. */
    private State state(String id, Census census) {
        Census.Person person = census.person(id);
        if (person == null || !person.enabled()) {
            return State.DISABLED;
        }
        boolean waits = settings.shutsOut()
                && census.grants(id).stream().anyMatch(grant -> grant.kind() == Kind.ACCOUNT)
                && !people.outOfReach(id, census);
        return waits ? State.PENDING : State.ACTIVE;
    }

    private List<Held> teams(String id, Census census, Set<String> given) {
        List<Held> teams = new ArrayList<>();
        census.groups(id).stream()
                .flatMap(group -> targets.group(group).stream())
                .forEach(group -> targets.typeOf(group)
                        .filter(type -> !PushedGroup.is(group))
                        .ifPresent(type -> teams.add(new Held(
                                type.name(), group.getId(), group.getName(), !given.contains(group.getId())))));
        census.organizations(id)
                .keySet()
                .forEach(organization -> targets.organization(organization)
                        .map(OrganizationModel::getName)
                        .ifPresent(name -> teams.add(new Held(
                                Kind.ORGANIZATION.name(), organization, name, !given.contains(organization)))));
        teams.sort(Comparator.comparing(Held::name));
        return teams;
    }

    private static String name(Object first, Object last) {
        return Stream.of(Optional.ofNullable((String) first), Optional.ofNullable((String) last))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }
}
