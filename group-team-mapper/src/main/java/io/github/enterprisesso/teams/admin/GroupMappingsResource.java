package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.reconcile.Part;
import io.github.enterprisesso.teams.settings.InvalidSettingsException;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.SettingsJson;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.RealmReconciliation;
import io.github.enterprisesso.teams.sync.Reasons;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
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
    private final Lookup lookup;
    private final Views views;

    GroupMappingsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.state = new MapperState(session, realm.getId());
        this.lookup = new Lookup(session, realm);
        this.views = new Views(session, realm);
    }

    /** The OpenAPI document of everything here. */
    @Path("openapi.json")
    public OpenApiResource openApi() {
        return new OpenApiResource(auth);
    }

    @Path("groups")
    public GroupsResource groups() {
        return new GroupsResource(session, realm, auth, adminEvent);
    }

    @Path("users")
    public UsersResource users() {
        return new UsersResource(session, realm, auth);
    }

    @Path("mappings")
    public MappingsResource mappings() {
        return new MappingsResource(session, realm, auth);
    }

    @Path("team-group-mappings")
    public TeamGroupMappingsResource teamGroupMappings() {
        return new TeamGroupMappingsResource(session, realm, auth, lookup.mapper());
    }

    @Path("rules")
    public RulesResource rules() {
        return new RulesResource(session, realm, auth, adminEvent);
    }

    @Path("conflicts")
    public ConflictsResource conflicts() {
        return new ConflictsResource(session, realm, auth, lookup.mapper());
    }

    @Path("tombstones")
    public TombstonesResource tombstones() {
        return new TombstonesResource(session, realm, auth);
    }

    @Path("preview")
    public PreviewResource preview() {
        return new PreviewResource(session, realm, auth);
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
        Map<String, List<MappingJson>> mappings = views.mappings(ids);
        return page.stream()
                .map(group -> new ClaimedGroupJson(
                        group.getId(),
                        group.getProvider(),
                        group.getName(),
                        group.getRuleRole(),
                        counts.getOrDefault(group.getId(), 0L),
                        Views.iso(group.getFirstSeen()),
                        mappings.getOrDefault(group.getId(), List.of())))
                .toList();
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
        Reasons reasons = lookup.mapper().reasons();
        return state.grants().page(userId, groupId, Paging.from(first), Paging.atMost(max)).stream()
                .map(grant -> views.grant(grant, reasons))
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
        SettingsJson old = settings();
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
                .representation(Map.of("old", old, "new", saved))
                .success();
        return saved;
    }

    private SettingsJson settingsNow() {
        return SettingsJson.of(MappingSettings.of(realm).orElseThrow());
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
        GroupMapper mapper = lookup.mapper();
        List<String> users = groupId == null
                ? mapper.concerned()
                : mapper.concernedBy(lookup.pushedGroup(groupId).getId());
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
        lookup.mapper();
        return ReconciliationEvent.of(session, adminEvent, new RealmReconciliation(session, realm).run(after, max));
    }
}
