package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.claim.GroupsReader;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.reconcile.Part;
import io.github.enterprisesso.teams.settings.InvalidSettingsException;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.RuleJson;
import io.github.enterprisesso.teams.settings.SettingsJson;
import io.github.enterprisesso.teams.store.ClaimEntity;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.GrantEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import io.github.enterprisesso.teams.store.TombstoneEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.Outlook;
import io.github.enterprisesso.teams.sync.PushedGroup;
import io.github.enterprisesso.teams.sync.RealmReconciliation;
import io.github.enterprisesso.teams.sync.Reasons;
import io.github.enterprisesso.teams.sync.Roster;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Pushed groups, their mappings, and who has what by them. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GroupMappingsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;
    private final MapperState state;

    GroupMappingsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.state = new MapperState(session, realm.getId());
    }

    /** Pushed groups whose name contains the search, whatever the case, by name. */
    @GET
    @Path("groups")
    public List<PushedGroupJson> groups(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        return groups(state.groupsWith(PushedGroup.CONNECTION, search, Paging.from(first), Paging.atMost(max)));
    }

    private List<PushedGroupJson> groups(List<String> wanted) {
        List<GroupModel> page = wanted.stream()
                .map(id -> session.groups().getGroupById(realm, id))
                .filter(Objects::nonNull)
                .toList();
        List<String> ids = page.stream().map(GroupModel::getId).toList();
        Map<String, Long> counts = state.memberCounts(ids);
        Map<String, Long> conflicts = state.conflictCounts(ids);
        Map<String, PushedGroupEntity> known =
                state.groups(ids).stream().collect(Collectors.toMap(PushedGroupEntity::getGroupId, group -> group));
        Map<String, List<MappingJson>> mappings =
                state.mappingsOf(ids).stream().map(this::json).collect(Collectors.groupingBy(MappingJson::groupId));
        return page.stream()
                .map(group -> json(
                        group,
                        counts.getOrDefault(group.getId(), 0L),
                        conflicts.getOrDefault(group.getId(), 0L),
                        Optional.ofNullable(known.get(group.getId())),
                        mappings.getOrDefault(group.getId(), List.of())))
                .toList();
    }

    /** One pushed group. */
    @GET
    @Path("groups/{id}")
    public PushedGroupJson group(@PathParam("id") String id) {
        auth.users().requireView();
        return groups(List.of(pushedGroup(id).getId())).get(0);
    }

    /** The members of a pushed group, by user name, each with what he has. */
    @GET
    @Path("groups/{id}/members")
    public PeopleJson members(
            @PathParam("id") String id,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        Roster roster = mapper().roster();
        String group = pushedGroup(id).getId();
        return new PeopleJson(
                roster.count(search, group),
                roster.page(search, group, Paging.from(first), Paging.atMost(max)),
                List.of());
    }

    /** Everybody, by user name, with teams and roles; who waits is marked, and so is who was invited. */
    @GET
    @Path("users")
    public PeopleJson users(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        Roster roster = mapper().roster();
        return new PeopleJson(
                roster.count(search, null),
                roster.page(search, null, Paging.from(first), Paging.atMost(max)),
                Paging.from(first) == 0 ? roster.invitations(search, Paging.atMost(-1)) : List.of());
    }

    /** Groups that logins name and nobody pushed, by name; of one provider, or of all. */
    @GET
    @Path("claimed-groups")
    public List<ClaimedGroupJson> claimedGroups(
            @QueryParam("provider") String provider,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        Claims claims = new Claims(session, realm.getId());
        List<ClaimedGroupEntity> page = claims.groups(provider, search, Paging.from(first), Paging.atMost(max));
        List<String> ids = page.stream().map(ClaimedGroupEntity::getId).toList();
        Map<String, Long> counts = claims.counts(ids);
        Map<String, List<MappingJson>> mappings =
                state.mappingsOf(ids).stream().map(this::json).collect(Collectors.groupingBy(MappingJson::groupId));
        return page.stream()
                .map(group -> new ClaimedGroupJson(
                        group.getId(),
                        group.getProvider(),
                        group.getName(),
                        group.getRuleRole(),
                        counts.getOrDefault(group.getId(), 0L),
                        iso(group.getFirstSeen()),
                        mappings.getOrDefault(group.getId(), List.of())))
                .toList();
    }

    /** What a user's last logins named, by provider. */
    @GET
    @Path("users/{id}/claims")
    public List<ClaimJson> claims(@PathParam("id") String id) {
        auth.users().requireView();
        return new Claims(session, realm.getId())
                .of(id).stream()
                        .map(claim -> new ClaimJson(
                                claim.getProvider(),
                                claim.getGroupId(),
                                mapper().groupName(claim.getGroupId()).orElse(null),
                                iso(claim.getSeenAt())))
                        .toList();
    }

    @GET
    @Path("mappings")
    public List<MappingJson> mappings() {
        auth.users().requireView();
        return state.mappings().stream().map(this::json).toList();
    }

    @GET
    @Path("mappings/{id}")
    public MappingJson oneMapping(@PathParam("id") String id) {
        auth.users().requireView();
        return json(mapping(id));
    }

    /** Maps a pushed or claimed group to a target, approved at once. */
    @POST
    @Path("mappings")
    public Response map(MappingJson.New wanted) {
        auth.users().requireManage();
        GroupMapper mapper = mapper();
        String groupId = groupToMap(mapper, wanted);
        TargetType type = type(wanted.targetType());
        boolean byId = wanted.targetId() != null && !wanted.targetId().isBlank();
        boolean byName = wanted.targetName() != null && !wanted.targetName().isBlank();
        if (byId == byName) {
            throw Refusal.field("targetId", "either targetId or targetName is needed");
        }
        Target target = byId
                ? target(mapper, new Target(type, wanted.targetId()), "targetId")
                : named(mapper, type, wanted.targetName().strip(), "targetName");
        refuseSecond(mapper, groupId, target, null);
        MappingJson made = json(mapper.map(groupId, target));
        return Response.created(session.getContext()
                        .getUri()
                        .getAbsolutePathBuilder()
                        .path(made.id())
                        .build())
                .entity(made)
                .build();
    }

    /** Approves a mapping, perhaps with another team, or rejects it. */
    @PUT
    @Path("mappings/{id}")
    public MappingJson decide(@PathParam("id") String id, MappingJson.Decision decision) {
        auth.users().requireManage();
        GroupMapper mapper = mapper();
        MappingEntity mapping = mapping(id);
        String status = decision == null ? null : decision.status();
        if (MappingStatus.REJECTED.name().equals(status)) {
            mapper.reject(mapping);
        } else if (MappingStatus.APPROVED.name().equals(status) && mapping.isBuried() && mapping.isBraked()) {
            mapper.release(mapping);
        } else if (MappingStatus.APPROVED.name().equals(status)) {
            if (mapping.isBuried()) {
                throw Refusal.conflict(
                        "The mapping's group was deleted: bring the group back first, or reject the mapping");
            }
            Target target = decidedTarget(mapper, mapping, decision.targetId());
            refuseSecond(mapper, mapping.getGroupId(), target, mapping.getId());
            mapper.approve(mapping, target);
        } else {
            throw Refusal.field("status", "'" + status + "' cannot be set; allowed are APPROVED and REJECTED");
        }
        return json(mapping);
    }

    @DELETE
    @Path("mappings/{id}")
    public void unmap(@PathParam("id") String id) {
        auth.users().requireManage();
        mapper().unmap(mapping(id));
    }

    /** What the mapper gave, of one user, of one pushed group or team, or of all; a user's grants stand together. */
    @GET
    @Path("grants")
    public List<GrantJson> grants(
            @QueryParam("userId") String userId,
            @QueryParam("groupId") String groupId,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        MappingSettings settings = MappingSettings.of(realm).orElse(null);
        if (settings == null) {
            return List.of();
        }
        Reasons reasons = mapper().reasons();
        return state.grants(userId, groupId, Paging.from(first), Paging.atMost(max)).stream()
                .map(grant -> json(grant, reasons))
                .toList();
    }

    @GET
    @Path("settings")
    public SettingsJson settings() {
        auth.users().requireView();
        return MappingSettings.of(realm).map(SettingsJson::of).orElseGet(SettingsJson::defaults);
    }

    /** Saves the settings; the first time this turns the mapper on for the realm. */
    @PUT
    @Path("settings")
    public SettingsJson saveSettings(SettingsJson wanted) {
        auth.realm().requireManageRealm();
        if (wanted == null) {
            throw Refusal.field("settings", "a JSON object is needed");
        }
        boolean first = MappingSettings.component(realm).isEmpty();
        try {
            wanted.save(realm);
        } catch (InvalidSettingsException e) {
            session.getTransactionManager().setRollbackOnly();
            throw Refusal.fields(e.messages());
        }
        GroupMapper.forget(session, realm);
        SettingsJson saved = settingsNow();
        adminEvent
                .operation(first ? OperationType.CREATE : OperationType.UPDATE)
                .resource("GROUP_MAPPING_SETTINGS")
                .resourcePath(session.getContext().getUri())
                .representation(saved)
                .success();
        return saved;
    }

    private SettingsJson settingsNow() {
        return SettingsJson.of(MappingSettings.of(realm).orElseThrow());
    }

    /** The OpenAPI document of everything here. */
    @Path("openapi.json")
    public OpenApiResource openApi() {
        return new OpenApiResource(auth);
    }

    @Path("rules")
    public RulesResource rules() {
        return new RulesResource(session, realm, auth, adminEvent);
    }

    @Path("team-group-mappings")
    public TeamGroupMappingsResource teamGroupMappings() {
        return new TeamGroupMappingsResource(session, realm, auth, mapper());
    }

    @Path("conflicts")
    public ConflictsResource conflicts() {
        return new ConflictsResource(session, realm, auth, mapper());
    }

    /** Deleted groups that are remembered, and groups that lost at least half of their members within an hour; newest first. */
    @GET
    @Path("tombstones")
    public List<TombstoneJson> tombstones() {
        auth.users().requireView();
        return mapper().tombstones().stream()
                .map(this::json)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Brings a deleted group back, with its mappings, roles and members; or the members of a group that was emptied. */
    @POST
    @Path("tombstones/{id}/undo")
    @Consumes(MediaType.WILDCARD)
    public PushedGroupJson undo(@PathParam("id") String id) {
        auth.users().requireManage();
        GroupModel group = mapper().undo(state.tombstones().find(id).orElseThrow(() -> Refusal.notFound("Tombstone")));
        return groups(List.of(group.getId())).get(0);
    }

    /** What rules, a mapping or a decision on one would do; saves nothing. */
    @POST
    @Path("preview")
    public PreviewJson preview(PreviewJson.Question question) {
        auth.users().requireView();
        Outlook outlook = mapper().outlook();
        if (question == null || !question.one()) {
            throw Refusal.field("rules", "one of rules, mapping and decision is needed");
        }
        if (question.rules() != null) {
            RuleSet rules = rules(question.rules());
            return PreviewJson.of(outlook.groups(rules), outlook.members(rules));
        }
        if (question.decision() != null) {
            return PreviewJson.of(List.of(), decided(outlook, question.decision()));
        }
        String groupId = knownGroup(mapper(), question.mapping().groupId());
        TargetType type = type(question.mapping().targetType());
        Target target = question.mapping().targetId() != null
                ? target(mapper(), new Target(type, question.mapping().targetId()), "mapping.targetId")
                : outlook.target(
                                type,
                                String.valueOf(question.mapping().targetName()).strip())
                        .orElseThrow(() -> Refusal.field(
                                "mapping.targetName",
                                "there is no organization '"
                                        + question.mapping().targetName() + "'"));
        return PreviewJson.of(List.of(), outlook.mapping(groupId, target));
    }

    private List<Outlook.Forecast> decided(Outlook outlook, PreviewJson.Question.Decision decision) {
        MappingEntity mapping = mapping(String.valueOf(decision.mappingId()));
        if (MappingStatus.REJECTED.name().equals(decision.status())) {
            return outlook.decision(mapping, MappingStatus.REJECTED, Optional.empty());
        }
        if (!MappingStatus.APPROVED.name().equals(decision.status())) {
            throw Refusal.field(
                    "decision.status", "'" + decision.status() + "' cannot be set; allowed are APPROVED and REJECTED");
        }
        TargetType type = mapping.getTargetType();
        Optional<Target> target = Optional.ofNullable(decision.targetId())
                .map(id -> target(mapper(), new Target(type, id), "decision.targetId"))
                .or(() -> mapping.toMapping().target())
                .or(() -> mapper().groupName(mapping.getGroupId()).flatMap(name -> outlook.target(type, name)));
        return outlook.decision(mapping, MappingStatus.APPROVED, target);
    }

    private RuleSet rules(List<RuleJson> wanted) {
        try {
            return settingsNow().withRules(wanted).check(session, realm).rules();
        } catch (InvalidSettingsException e) {
            throw Refusal.fields(e.messages());
        }
    }

    /**
     * Why a user has what he has.
     *
     * @param without ids of pushed groups: what if he left them
     * @param with ids of pushed groups: what if he joined them
     */
    @GET
    @Path("users/{id}/explain")
    public ExplanationJson explain(
            @PathParam("id") String id,
            @QueryParam("without") List<String> without,
            @QueryParam("with") List<String> with) {
        auth.users().requireView();
        GroupMapper mapper = mapper();
        UserModel user = session.users().getUserById(realm, id);
        if (user == null) {
            throw Refusal.notFound("User");
        }
        boolean asks = !without.isEmpty() || !with.isEmpty();
        Origin origin = Origin.of(session, realm, user);
        List<GrantEntity> grants = state.grants(id, null, 0, Integer.MAX_VALUE);
        Outlook outlook = mapper.outlook();
        List<String> byHand = mapper.byHand(
                user, grants.stream().map(GrantEntity::entitlement).toList());
        List<Long> pushes = state
                .groups(user.getGroupsStream().map(GroupModel::getId).toList())
                .stream()
                .map(PushedGroupEntity::getLastPush)
                .toList();
        List<Long> logins =
                mapper.claims().of(id).stream().map(ClaimEntity::getSeenAt).toList();
        return new ExplanationJson(
                id,
                user.getUsername(),
                !user.isEnabled(),
                origin.name(),
                origin.connection(),
                sources(!pushes.isEmpty(), !logins.isEmpty(), !byHand.isEmpty()),
                Stream.concat(pushes.stream(), logins.stream())
                        .max(Long::compare)
                        .map(GroupMappingsResource::iso)
                        .orElse(null),
                grants.stream().map(grant -> json(grant, mapper.reasons())).toList(),
                byHand,
                conflicts().list(id, null, 0, -1).conflicts(),
                outlook.drift(List.of(id)).stream()
                        .flatMap(forecast -> forecast.changes().stream())
                        .toList(),
                asks ? outlook.whatIf(id, Set.copyOf(without), Set.copyOf(with)) : null);
    }

    private static List<String> sources(boolean push, boolean login, boolean hand) {
        List<String> sources = new ArrayList<>();
        if (push) {
            sources.add("PUSH");
        }
        if (login) {
            sources.add("LOGIN");
        }
        if (hand) {
            sources.add("HAND");
        }
        return sources;
    }

    /**
     * What is not as it should be, in the whole realm or for one pushed group; changes nothing.
     *
     * @param max how many users to look at; the answer's {@code next} is the {@code after} of the next call
     */
    @GET
    @Path("drift")
    public DriftJson drift(
            @QueryParam("groupId") String groupId,
            @QueryParam("after") String after,
            @QueryParam("max") @DefaultValue("-1") int max) {
        auth.users().requireView();
        GroupMapper mapper = mapper();
        List<String> users = groupId == null
                ? mapper.concerned()
                : mapper.concernedBy(pushedGroup(groupId).getId());
        Part part = Part.of(users, after, max);
        return DriftJson.of(part, after, mapper.outlook().drift(part.userIds()));
    }

    /**
     * Brings the realm in line with what is pushed; also the way to map groups that were pushed before the mapper was on.
     *
     * @param max how many users to look at; the answer's {@code next} is the {@code after} of the next call
     */
    @POST
    @Path("reconcile")
    @Consumes(MediaType.WILDCARD)
    public RealmReconciliation.Result reconcile(
            @QueryParam("after") String after, @QueryParam("max") @DefaultValue("-1") int max) {
        auth.users().requireManage();
        mapper();
        return reconciled(new RealmReconciliation(session, realm).run(after, max));
    }

    /** Brings the members of one pushed group in line, and who has something through it. */
    @POST
    @Path("groups/{id}/reconcile")
    @Consumes(MediaType.WILDCARD)
    public RealmReconciliation.Result reconcile(
            @PathParam("id") String id,
            @QueryParam("after") String after,
            @QueryParam("max") @DefaultValue("-1") int max) {
        auth.users().requireManage();
        mapper();
        return reconciled(new RealmReconciliation(session, realm).run(pushedGroup(id), after, max));
    }

    private RealmReconciliation.Result reconciled(RealmReconciliation.Result result) {
        adminEvent
                .operation(OperationType.ACTION)
                .resource("GROUP_MAPPING")
                .resourcePath(session.getContext().getUri())
                .representation(result)
                .success();
        return result;
    }

    private GroupMapper mapper() {
        return GroupMapper.of(session, realm)
                .orElseThrow(() -> Refusal.conflict("The realm has no group mapping yet: save its settings first"));
    }

    private MappingEntity mapping(String id) {
        return state.mapping(id).orElseThrow(() -> Refusal.notFound("Mapping"));
    }

    private GroupModel pushedGroup(String id) {
        GroupModel group = session.groups().getGroupById(realm, id);
        if (group == null || !PushedGroup.is(group)) {
            throw Refusal.notFound("Pushed group");
        }
        return group;
    }

    /** Id of the group, which may not have been seen yet. */
    private String groupToMap(GroupMapper mapper, MappingJson.New wanted) {
        if (wanted == null || wanted.groupId() != null || wanted.provider() == null) {
            String id = knownGroup(mapper, wanted == null ? null : wanted.groupId());
            Optional.ofNullable(session.groups().getGroupById(realm, id)).ifPresent(mapper::know);
            return id;
        }
        if (session.identityProviders().getByAlias(wanted.provider()) == null) {
            throw Refusal.field("provider", "there is no identity provider '" + wanted.provider() + "'");
        }
        String name = wanted.groupName() == null ? "" : wanted.groupName();
        if (name.isBlank() || name.length() > GroupsReader.LONGEST) {
            throw Refusal.field("groupName", "is needed, with at most " + GroupsReader.LONGEST + " characters");
        }
        return mapper.claimedGroup(wanted.provider(), name);
    }

    /** Id of a pushed or claimed group. */
    private String knownGroup(GroupMapper mapper, String id) {
        GroupModel group = id == null ? null : session.groups().getGroupById(realm, id);
        if (group != null && PushedGroup.is(group)) {
            return id;
        }
        return mapper.claims()
                .group(id)
                .map(ClaimedGroupEntity::getId)
                .orElseThrow(() ->
                        Refusal.field("groupId", "'" + id + "' is not the id of a pushed group, nor of a claimed one"));
    }

    private static TargetType type(String name) {
        if (name == null) {
            return TargetType.TEAM;
        }
        return Arrays.stream(TargetType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "targetType", "'" + name + "' is not known; allowed are TEAM, EXCLUSIVE_GROUP, ORGANIZATION"));
    }

    private Target decidedTarget(GroupMapper mapper, MappingEntity mapping, String targetId) {
        TargetType type = mapping.getTargetType();
        if (targetId != null && !targetId.isBlank()) {
            return target(mapper, new Target(type, targetId), "targetId");
        }
        if (mapping.getTargetId() != null) {
            return target(mapper, new Target(type, mapping.getTargetId()), "targetId");
        }
        String name =
                mapper.groupName(mapping.getGroupId()).orElseThrow(() -> Refusal.notFound("Group of the mapping"));
        return named(mapper, type, name, "targetId");
    }

    private Target named(GroupMapper mapper, TargetType type, String name, String field) {
        return mapper.target(type, name)
                .map(target -> refuseUnfit(mapper, target, field))
                .orElseThrow(
                        () -> refuse(Refusal.field(field, "there is no organization '" + name + "'; none is made")));
    }

    private Target target(GroupMapper mapper, Target target, String field) {
        if (!mapper.exists(target)) {
            throw refuse(Refusal.field(
                    field,
                    "'" + target.id() + "' is not the id of "
                            + (target.type().group() ? "a group" : "an organization")));
        }
        return refuseUnfit(mapper, target, field);
    }

    private Target refuseUnfit(GroupMapper mapper, Target target, String field) {
        Optional<String> refusal = mapper.refusal(target);
        if (refusal.isPresent()) {
            throw refuse(Refusal.field(field, refusal.get()));
        }
        return target;
    }

    private void refuseSecond(GroupMapper mapper, String groupId, Target target, String except) {
        boolean mapped = state.mappingsOf(List.of(groupId)).stream()
                .anyMatch(mapping -> target.id().equals(mapping.getTargetId())
                        && !mapping.getId().equals(except));
        if (mapped) {
            throw refuse(Refusal.conflict("The group is mapped to team '" + mapper.name(target)
                    + "' already: approve or reject that mapping"));
        }
        mapper.taken(target, groupId).ifPresent(taken -> {
            throw refuse(Refusal.conflict(taken));
        });
    }

    /** A target may have been made on the way here. */
    private ErrorResponseException refuse(ErrorResponseException refusal) {
        session.getTransactionManager().setRollbackOnly();
        return refusal;
    }

    private PushedGroupJson json(
            GroupModel group,
            long members,
            long conflicts,
            Optional<PushedGroupEntity> known,
            List<MappingJson> mappings) {
        List<String> roles =
                new ArrayList<>(group.getAttributeStream(PushedGroup.ROLES).toList());
        known.map(PushedGroupEntity::getRuleRole)
                .filter(role -> !roles.contains(role))
                .ifPresent(roles::add);
        return new PushedGroupJson(
                group.getId(),
                group.getName(),
                KeycloakModelUtils.buildGroupPath(group),
                group.getFirstAttribute(PushedGroup.CONNECTION),
                state(mappings),
                roles,
                known.map(PushedGroupEntity::getRolesOrigin).map(Enum::name).orElse(null),
                known.map(PushedGroupEntity::getRuleRole).orElse(null),
                members,
                conflicts,
                known.map(seen -> iso(seen.getLastPush())).orElse(null),
                mappings);
    }

    private static String state(List<MappingJson> mappings) {
        List<MappingStatus> statuses = mappings.stream()
                .map(mapping -> MappingStatus.valueOf(mapping.status()))
                .toList();
        if (statuses.isEmpty()) {
            return "UNMAPPED";
        }
        if (statuses.stream().anyMatch(MappingStatus::syncs)) {
            return "MAPPED";
        }
        return statuses.contains(MappingStatus.PENDING) ? "PENDING" : "REJECTED";
    }

    /** Null for a group that is there and has lost a few members only. */
    private TombstoneJson json(TombstoneEntity tombstone) {
        GroupModel group = session.groups().getGroupById(realm, tombstone.getGroupId());
        long members = state.tombstones().membersAway(tombstone);
        if (tombstone.isDeparted()) {
            long still = state.memberCounts(List.of(tombstone.getGroupId())).getOrDefault(tombstone.getGroupId(), 0L);
            if (members == 0 || still > members) {
                return null;
            }
        }
        List<MappingJson> mappings = state.tombstones().buried(tombstone.getId()).stream()
                .map(this::json)
                .toList();
        return new TombstoneJson(
                tombstone.getId(),
                tombstone.isDeparted() ? "EMPTIED" : "DELETED",
                tombstone.getGroupId(),
                tombstone.getName(),
                tombstone.getConnection(),
                tombstone.getRoles().isEmpty()
                        ? List.of()
                        : List.of(tombstone.getRoles().split(",")),
                members,
                group != null,
                iso(tombstone.getDeletedAt()),
                mappings);
    }

    private MappingJson json(MappingEntity mapping) {
        String target = mapping.toMapping()
                .target()
                .map(found -> GroupMapper.of(session, realm)
                        .map(mapper -> mapper.name(found))
                        .orElseGet(() -> groupName(found.id())))
                .orElse(null);
        String group = GroupMapper.of(session, realm)
                .flatMap(mapper -> mapper.groupName(mapping.getGroupId()))
                .orElseGet(() -> groupName(mapping.getGroupId()));
        return MappingJson.of(mapping, group, target);
    }

    private GrantJson json(GrantEntity grant, Reasons reasons) {
        Entitlement entitlement = grant.entitlement();
        UserModel user = session.users().getUserById(realm, grant.getUserId());
        return new GrantJson(
                grant.getUserId(),
                user == null ? null : user.getUsername(),
                entitlement.kind().name(),
                entitlement.targetId(),
                reasons.targetName(entitlement),
                entitlement.provenance().groupId().orElse(null),
                reasons.groupName(entitlement).orElse(null),
                entitlement.provenance().mappingId().orElse(null),
                reasons.rule(entitlement).orElse(null),
                reasons.sentence(entitlement),
                iso(grant.getCreatedAt()));
    }

    private String groupName(String id) {
        GroupModel group = id == null ? null : session.groups().getGroupById(realm, id);
        return group == null ? null : group.getName();
    }

    private static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
