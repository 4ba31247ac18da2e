package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.InvalidSettingsException;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.RuleJson;
import io.github.enterprisesso.teams.settings.SettingsJson;
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
        List<GroupModel> page =
                state.groupsWith(PushedGroup.CONNECTION, search, Paging.from(first), Paging.atMost(max)).stream()
                        .map(id -> session.groups().getGroupById(realm, id))
                        .filter(Objects::nonNull)
                        .toList();
        List<String> ids = page.stream().map(GroupModel::getId).toList();
        Map<String, Long> counts = state.memberCounts(ids);
        Map<String, PushedGroupEntity> known =
                state.groups(ids).stream().collect(Collectors.toMap(PushedGroupEntity::getGroupId, group -> group));
        Map<String, List<MappingJson>> mappings =
                state.mappingsOf(ids).stream().map(this::json).collect(Collectors.groupingBy(MappingJson::groupId));
        return page.stream()
                .map(group -> json(
                        group,
                        counts.getOrDefault(group.getId(), 0L),
                        Optional.ofNullable(known.get(group.getId())),
                        mappings.getOrDefault(group.getId(), List.of())))
                .toList();
    }

    @GET
    @Path("mappings")
    public List<MappingJson> mappings() {
        auth.users().requireView();
        return state.mappings().stream().map(this::json).toList();
    }

    /** Maps a pushed group to a team, approved at once. */
    @POST
    @Path("mappings")
    public Response map(MappingJson.New wanted) {
        auth.users().requireManage();
        GroupMapper mapper = mapper();
        GroupModel group = pushedGroup(wanted);
        TargetType type = type(wanted.targetType());
        boolean byId = wanted.targetId() != null && !wanted.targetId().isBlank();
        boolean byName = wanted.targetName() != null && !wanted.targetName().isBlank();
        if (byId == byName) {
            throw Refusal.field("targetId", "either targetId or targetName is needed");
        }
        mapper.know(group);
        Target target = byId
                ? target(mapper, new Target(type, wanted.targetId()), "targetId")
                : named(mapper, type, wanted.targetName().strip(), "targetName");
        refuseSecond(mapper, group.getId(), target, null);
        MappingJson made = json(mapper.map(group, target));
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

    /** Deleted groups that are remembered, newest first. */
    @GET
    @Path("tombstones")
    public List<TombstoneJson> tombstones() {
        auth.users().requireView();
        return mapper().tombstones().stream().map(this::json).toList();
    }

    /** Brings a deleted group back, with its mappings, roles and members. */
    @POST
    @Path("tombstones/{id}/undo")
    @Consumes(MediaType.WILDCARD)
    public PushedGroupJson undo(@PathParam("id") String id) {
        auth.users().requireManage();
        GroupMapper mapper = mapper();
        GroupModel group = mapper.undo(state.tombstone(id).orElseThrow(() -> Refusal.notFound("Tombstone")));
        return json(
                group,
                state.memberCounts(List.of(group.getId())).getOrDefault(group.getId(), 0L),
                state.group(group.getId()),
                state.mappingsOf(List.of(group.getId())).stream()
                        .map(this::json)
                        .toList());
    }

    /** What rules or a mapping would do; saves nothing. */
    @POST
    @Path("preview")
    public PreviewJson preview(PreviewJson.Question question) {
        auth.users().requireView();
        Outlook outlook = mapper().outlook();
        if (question == null || (question.rules() == null) == (question.mapping() == null)) {
            throw Refusal.field("rules", "either rules or mapping is needed");
        }
        if (question.rules() != null) {
            RuleSet rules = rules(question.rules());
            return PreviewJson.of(outlook.groups(rules), outlook.members(rules));
        }
        GroupModel group = pushedGroup(question.mapping());
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
        return PreviewJson.of(List.of(), outlook.mapping(group.getId(), target));
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
        List<GrantEntity> grants = state.grants(id, null, 0, Integer.MAX_VALUE);
        Outlook outlook = mapper.outlook();
        return new ExplanationJson(
                id,
                user.getUsername(),
                !user.isEnabled(),
                grants.stream().map(grant -> json(grant, mapper.reasons())).toList(),
                mapper.byHand(
                        user, grants.stream().map(GrantEntity::entitlement).toList()),
                conflicts().list(id, 0, -1).conflicts(),
                outlook.drift(List.of(id)).stream()
                        .flatMap(forecast -> forecast.changes().stream())
                        .toList(),
                asks ? outlook.whatIf(id, Set.copyOf(without), Set.copyOf(with)) : null);
    }

    /** What is not as it should be, in the whole realm or for one pushed group; changes nothing. */
    @GET
    @Path("drift")
    public PreviewJson drift(@QueryParam("groupId") String groupId) {
        auth.users().requireView();
        GroupMapper mapper = mapper();
        List<String> users = groupId == null
                ? mapper.concerned()
                : state.concernedBy(pushedGroup(groupId).getId());
        return PreviewJson.of(List.of(), mapper.outlook().drift(users));
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
        RealmReconciliation.Result result = new RealmReconciliation(session, realm).run(after, max);
        reconciled(result);
        return result;
    }

    /** Brings the members of one pushed group in line. */
    @POST
    @Path("groups/{id}/reconcile")
    @Consumes(MediaType.WILDCARD)
    public RealmReconciliation.Result reconcile(@PathParam("id") String id) {
        auth.users().requireManage();
        GroupMapper mapper = mapper();
        GroupModel group = pushedGroup(id);
        int users = state.concernedBy(id).size();
        RealmReconciliation.Result result =
                new RealmReconciliation.Result(1, users, mapper.reconcileGroup(group), 0, null);
        reconciled(result);
        return result;
    }

    private void reconciled(RealmReconciliation.Result result) {
        adminEvent
                .operation(OperationType.ACTION)
                .resource("GROUP_MAPPING")
                .resourcePath(session.getContext().getUri())
                .representation(result)
                .success();
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

    private GroupModel pushedGroup(MappingJson.New wanted) {
        String id = wanted == null ? null : wanted.groupId();
        GroupModel group = id == null ? null : session.groups().getGroupById(realm, id);
        if (group == null || !PushedGroup.is(group)) {
            throw Refusal.field("groupId", "'" + id + "' is not the id of a pushed group");
        }
        return group;
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
        GroupModel group = session.groups().getGroupById(realm, mapping.getGroupId());
        return named(mapper, type, group.getName(), "targetId");
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
            GroupModel group, long members, Optional<PushedGroupEntity> known, List<MappingJson> mappings) {
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
                roles,
                known.map(PushedGroupEntity::getRuleRole).orElse(null),
                members,
                known.map(seen -> iso(seen.getLastPush())).orElse(null),
                mappings);
    }

    private TombstoneJson json(TombstoneEntity tombstone) {
        GroupModel group = session.groups().getGroupById(realm, tombstone.getGroupId());
        List<MappingJson> mappings = new ArrayList<>(
                state.buried(tombstone.getId()).stream().map(this::json).toList());
        return new TombstoneJson(
                tombstone.getId(),
                tombstone.getGroupId(),
                tombstone.getName(),
                tombstone.getConnection(),
                tombstone.getRoles().isEmpty()
                        ? List.of()
                        : List.of(tombstone.getRoles().split(",")),
                state.tombstoneMembers(tombstone.getId()).size(),
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
        return MappingJson.of(mapping, groupName(mapping.getGroupId()), target);
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
