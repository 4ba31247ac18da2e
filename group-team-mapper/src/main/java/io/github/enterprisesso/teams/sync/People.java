package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.mapping.Unmapped;
import io.github.enterprisesso.teams.reconcile.Holdings;
import io.github.enterprisesso.teams.settings.CarriedAttribute;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.StorageUnavailableUserModelDelegate;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.StoreManagers;

/** What the pure core has to know of users, put together from the database, many at once. */
final class People {

    private static final Logger LOG = Logger.getLogger(People.class);

    /** Attributes, by realm id and name, that are not believed, and of which the log says so. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private static final String NO_ANSWER =
            "Realm %s: the storage of user %s does not tell of groups now; what its people have stays as it is";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Claims claims;
    private final Targets targets;
    private final Effects effects;
    private final RoleLadder ladder;
    private final Map<String, Boolean> trusted = new HashMap<>();
    private final Map<Named, Optional<String>> usable = new HashMap<>();
    private final Map<String, Optional<UserModel>> inStorage = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private Census asked;
    private Set<String> mappedOrganizations = Set.of();
    private Set<String> exclusiveGroups = Set.of();
    private RealmPolicy policy;

    People(
            KeycloakSession session,
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Claims claims,
            Targets targets,
            Effects effects) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.claims = claims;
        this.targets = targets;
        this.effects = effects;
        this.ladder = settings.ladder(realm);
    }

    private record Named(TargetType type, String name) {}

    /** The defaults by id: one that does not exist yet is none. */
    RealmPolicy policy() {
        if (policy == null) {
            policy = new RealmPolicy(
                    ladder,
                    settings.defaultExclusiveGroup().flatMap(name -> usable(TargetType.EXCLUSIVE_GROUP, name)),
                    settings.unmapped(),
                    settings.defaultTeam().flatMap(name -> usable(TargetType.TEAM, name)));
        }
        return policy;
    }

    /** After a group was made, renamed or removed. */
    void forgetPolicy() {
        policy = null;
        usable.clear();
    }

    private Optional<String> usable(TargetType type, String name) {
        return usable.computeIfAbsent(
                new Named(type, name),
                wanted -> targets.find(type, name)
                        .filter(target -> targets.refusal(target).isEmpty())
                        .map(Target::id));
    }

    /** User id to what is to be decided on, in the order of the census; without those whose storage does not tell of them now. */
    Map<String, Subject> subjects(Census census, Occasion occasion) {
        List<Census.Person> known = census.people().stream()
                .filter(person -> !person.federated() || answers(person, census))
                .toList();
        Set<String> groupIds = groupIds(known, census);
        occasion.leavingGroup().ifPresent(groupIds::remove);
        Map<String, Source> sources = sources(groupIds);
        Map<String, Set<String>> claimed = claimed(census);
        Map<String, Source> claimedSources = claimedSources(claimed, occasion);
        exclusiveGroups = groupIds.stream()
                .filter(id -> targets.group(id)
                        .flatMap(targets::typeOf)
                        .filter(type -> type == TargetType.EXCLUSIVE_GROUP)
                        .isPresent())
                .collect(Collectors.toSet());
        Set<String> braked = state.mappings().braked();
        mappedOrganizations = realm.isOrganizationsEnabled() ? state.mappings().organizations() : Set.of();
        Map<String, Subject> subjects = new LinkedHashMap<>();
        for (Census.Person person : known) {
            List<Source> own = Stream.concat(
                            groups(person.id(), census).stream().map(sources::get),
                            claimed.getOrDefault(person.id(), Set.of()).stream().map(claimedSources::get))
                    .filter(Objects::nonNull)
                    .toList();
            subjects.put(
                    person.id(),
                    new Subject(carried(person.id(), settings.roleAttribute(), census), own)
                            .withOwnExclusiveGroup(ownExclusiveGroup(person.id(), census, occasion))
                            .withDecisions(census.decisions(person.id()))
                            .withBraked(braked)
                            .withPushed(occasion.person())
                            .withArrived(occasion.arrived())
                            .withEnabled(person.enabled())
                            .withExempt(exempt(person.id(), census) || placedByHand(person.id(), census, occasion)));
        }
        return subjects;
    }

    /** Sources by group id; of groups that nobody pushed there are none. */
    Map<String, Source> sources(Set<String> groupIds) {
        Map<String, GroupModel> pushed = new LinkedHashMap<>();
        groupIds.stream()
                .flatMap(id -> targets.group(id).stream())
                .filter(PushedGroup::is)
                .forEach(group -> pushed.put(group.getId(), group));
        return sources(pushed);
    }

    private Map<String, Source> sources(Map<String, GroupModel> pushed) {
        Map<String, List<Mapping>> mappings = mappings(pushed.keySet());
        Map<String, PushedGroupEntity> known = state.groups().of(pushed.keySet()).stream()
                .collect(Collectors.toMap(PushedGroupEntity::getGroupId, group -> group));
        Map<String, Source> sources = new HashMap<>();
        pushed.forEach((id, group) ->
                sources.put(id, new Source(id, roles(group, known.get(id)), mappings.getOrDefault(id, List.of()))));
        return sources;
    }

    /** User id to the ids of the groups that the last logins named, as far as they count. */
    private Map<String, Set<String>> claimed(Census census) {
        if (!settings.idpMapping()) {
            return Map.of();
        }
        return claims.of(census.people().stream().map(Census.Person::id).toList(), settings.identityProviders());
    }

    private Map<String, Source> claimedSources(Map<String, Set<String>> claimed, Occasion occasion) {
        Set<String> ids = new HashSet<>();
        claimed.values().forEach(ids::addAll);
        occasion.leavingGroup().ifPresent(ids::remove);
        Map<String, Source> found = new HashMap<>();
        sources(ids)
                .forEach(
                        (id, pushed) -> found.put(id, new Source(Origin.CLAIM, id, pushed.roles(), pushed.mappings())));
        Map<String, ClaimedGroupEntity> others = claims.groups(ids);
        Map<String, List<Mapping>> mappings = mappings(others.keySet());
        others.forEach((id, group) -> found.put(
                id,
                new Source(
                        Origin.CLAIM,
                        id,
                        Stream.ofNullable(group.getRuleRole()).toList(),
                        mappings.getOrDefault(id, List.of()))));
        return found;
    }

    private Map<String, List<Mapping>> mappings(Set<String> groupIds) {
        return state.mappings().of(groupIds).stream()
                .map(MappingEntity::toMapping)
                .collect(Collectors.groupingBy(Mapping::groupId));
    }

    /** The rungs of the ladder from the top down to the one that a pushed group gives; none where it gives none. */
    List<Rung> rungsFromTheTop(GroupModel group) {
        List<String> known =
                ladder.known(roles(group, state.groups().find(group.getId()).orElse(null)));
        if (known.isEmpty()) {
            return List.of();
        }
        int given = ladder.named(known.get(0)).map(ladder.rungs()::indexOf).orElseThrow();
        return ladder.rungs().subList(0, given + 1);
    }

    private static List<String> roles(GroupModel group, PushedGroupEntity known) {
        List<String> roles = new ArrayList<>(PushedGroup.roles(group));
        if (known != null && known.getRuleRole() != null) {
            roles.add(known.getRuleRole());
        }
        return roles;
    }

    private Set<String> groupIds(List<Census.Person> people, Census census) {
        Set<String> ids = new HashSet<>(census.allGroups());
        people.stream().filter(Census.Person::federated).forEach(person -> ids.addAll(groups(person.id(), census)));
        return ids;
    }

    /** Whose groups a user storage decides is asked through it. */
    private Set<String> groups(String userId, Census census) {
        if (!census.federated(userId)) {
            return census.groups(userId);
        }
        return inStorage(userId, census)
                .map(user -> user.getGroupsStream()
                        .filter(group -> group.getType() == GroupModel.Type.REALM)
                        .map(GroupModel::getId)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private Set<String> roles(String userId, Census census) {
        if (!census.federated(userId)) {
            return census.roles(userId);
        }
        return inStorage(userId, census)
                .map(user ->
                        user.getRealmRoleMappingsStream().map(RoleModel::getId).collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    /** As his storage knows him now, and not as Keycloak's cache does. Asked once for each census. */
    private Optional<UserModel> inStorage(String userId, Census census) {
        if (census != asked) {
            asked = census;
            inStorage.clear();
        }
        Optional<UserModel> known = inStorage.get(userId);
        if (known == null) {
            known = inStorage(userId);
            inStorage.put(userId, known);
        }
        return known;
    }

    private Optional<UserModel> inStorage(String userId) {
        StoreManagers stores = (StoreManagers) session.getProvider(DatastoreProvider.class);
        return Optional.ofNullable(stores.userStorageManager().getUserById(realm, userId));
    }

    /** Whether the user's storage tells of his groups now. */
    boolean storageAnswers(String userId) {
        return answers(userId, inStorage(userId));
    }

    /** One that is down is asked once in a request: it may take its time to say nothing. */
    private boolean answers(Census.Person person, Census census) {
        if (silent.contains(person.storage())) {
            return false;
        }
        Optional<UserModel> user = inStorage(person.id(), census);
        if (isDown(user)) {
            silent.add(person.storage());
        }
        return answers(person.id(), user);
    }

    /** Of a storage that is down, Keycloak (26.7) shows the user as he is in its own table, without the storage's groups. */
    private static boolean isDown(Optional<UserModel> user) {
        return user.filter(StorageUnavailableUserModelDelegate.class::isInstance)
                .isPresent();
    }

    private boolean answers(String userId, Optional<UserModel> user) {
        if (isDown(user)) {
            LOG.warnf(NO_ANSWER, realm.getName(), userId);
            return false;
        }
        try {
            user.ifPresent(found -> found.getGroupsStream().count());
            return true;
        } catch (RuntimeException e) {
            LOG.warnf(e, NO_ANSWER, realm.getName(), userId);
            return false;
        }
    }

    private Optional<UserModel> user(String userId) {
        return Optional.ofNullable(session.users().getUserById(realm, userId));
    }

    Holdings holdings(String userId, Census census, Occasion occasion) {
        Set<String> groups = new HashSet<>(groups(userId, census));
        occasion.leavingGroup().ifPresent(groups::remove);
        Set<String> exclusive = new HashSet<>(groups);
        exclusive.retainAll(exclusiveGroups);
        Map<String, Boolean> organizations = census.organizations(userId);
        Set<String> replaceable = Set.of();
        if (!organizations.isEmpty()) {
            replaceable = new HashSet<>(mappedOrganizations);
            replaceable.retainAll(organizations.keySet());
            replaceable.removeIf(organizations::get);
        }
        return new Holdings(
                groups, exclusive, organizations.keySet(), replaceable, roles(userId, census), occasion.joinedByHand());
    }

    /** Whether he holds the top of the ladder, or a role by which one administers Keycloak. */
    boolean administrates(String userId, Census census) {
        return census.roles(userId).stream().anyMatch(this::administers);
    }

    /** Who holds a protected role, directly, is out of reach of what the realm does to users without a mapped group. */
    private boolean exempt(String userId, Census census) {
        Set<String> roles = census.roles(userId);
        return settings.protectedRoles().stream()
                .map(realm::getRole)
                .anyMatch(role -> role != null && roles.contains(role.getId()));
    }

    /** Whether what the realm does to users without a mapped group does not concern him, whatever is on record. */
    boolean outOfReach(String userId, Census census) {
        return exempt(userId, census) || administratesByHand(userId, census);
    }

    /** Who has a team or an exclusive group by hand is not without one, where that counts. */
    private boolean placedByHand(String userId, Census census, Occasion occasion) {
        if (settings.unmapped() == Unmapped.KEEP || !settings.manualMapping()) {
            return false;
        }
        Set<String> given = new HashSet<>();
        census.grants(userId).forEach(entitlement -> given.add(entitlement.targetId()));
        occasion.leavingGroup().ifPresent(given::add);
        return groups(userId, census).stream()
                .filter(id -> !given.contains(id))
                .flatMap(id -> targets.group(id).stream())
                .anyMatch(
                        group -> !PushedGroup.is(group) && targets.typeOf(group).isPresent());
    }

    /** Whether an administrator made him one: by a role of Keycloak's, or by the top of the ladder. */
    boolean administratesByHand(String userId, Census census) {
        Set<String> given = new HashSet<>();
        census.grants(userId).stream()
                .filter(entitlement -> entitlement.kind() == Kind.ROLE)
                .forEach(entitlement -> given.add(entitlement.targetId()));
        return census.roles(userId).stream()
                .filter(role -> !given.contains(role))
                .anyMatch(this::administers);
    }

    private boolean administers(String roleId) {
        return ladder.top().filter(top -> top.roleId().equals(roleId)).isPresent()
                || Optional.ofNullable(realm.getRoleById(roleId))
                        .filter(AdminRoles::isAdminRoleOrComposite)
                        .isPresent();
    }

    private Optional<String> ownExclusiveGroup(String userId, Census census, Occasion occasion) {
        Optional<String> name = carried(userId, settings.exclusiveGroupAttribute(), census);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> found = usable(TargetType.EXCLUSIVE_GROUP, name.get().strip());
        if (found.isEmpty() && occasion.person()) {
            user(userId)
                    .ifPresent(user -> effects.tell(
                            OperationType.ACTION,
                            "GROUP_MAPPING_ATTRIBUTE",
                            "users/" + userId,
                            user,
                            Map.of("attribute", settings.exclusiveGroupAttribute(), "value", name.get()),
                            Cause.of("User attribute '%s' names no exclusive group there is, and is ignored."
                                    .formatted(settings.exclusiveGroupAttribute()))));
        }
        return found;
    }

    /** An attribute counts only where users cannot write it. */
    private Optional<String> carried(String userId, String attribute, Census census) {
        Optional<String> value = census.attribute(userId, attribute);
        if (value.isPresent()
                && !trusted.computeIfAbsent(
                        attribute, name -> CarriedAttribute.of(session, name).trusted())) {
            if (WARNED.add(realm.getId() + attribute)) {
                LOG.warnf(
                        "Realm %s: user attribute '%s' gives nothing, as the user profile does not declare it for"
                                + " administrators only",
                        realm.getName(), attribute);
            }
            return Optional.empty();
        }
        return value;
    }
}
