package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.settings.InvalidSettingsException;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.RuleJson;
import io.github.enterprisesso.teams.settings.SettingsJson;
import io.github.enterprisesso.teams.sync.GroupMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The rules alone, in the order in which they are asked; they are part of the settings. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RulesResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    RulesResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    @GET
    public List<RuleJson> list() {
        auth.users().requireView();
        return rules();
    }

    /** Replaces them all. Where none has a priority, the list's order is the order. */
    @PUT
    public List<RuleJson> replace(List<RuleJson> wanted) {
        auth.realm().requireManageRealm();
        return save(OperationType.UPDATE, ordered(required(wanted)));
    }

    @POST
    public Response add(RuleJson rule) {
        auth.realm().requireManageRealm();
        List<RuleJson> rules = new ArrayList<>(rules());
        rules.add(required(rule));
        save(OperationType.CREATE, rules);
        return Response.created(session.getContext()
                        .getUri()
                        .getAbsolutePathBuilder()
                        .path(rule.name().strip())
                        .build())
                .entity(rule)
                .build();
    }

    /** Says what is wrong with them, and saves nothing. */
    @POST
    @Path("validate")
    public Map<String, Boolean> validate(List<RuleJson> wanted) {
        auth.users().requireView();
        try {
            settings().withRules(ordered(required(wanted))).check(session, realm);
        } catch (InvalidSettingsException e) {
            throw Refusal.fields(e.messages());
        }
        return Map.of("valid", true);
    }

    @GET
    @Path("{name}")
    public RuleJson one(@PathParam("name") String name) {
        auth.users().requireView();
        List<RuleJson> rules = rules();
        return rules.get(index(rules, name));
    }

    @PUT
    @Path("{name}")
    public RuleJson change(@PathParam("name") String name, RuleJson rule) {
        auth.realm().requireManageRealm();
        List<RuleJson> rules = new ArrayList<>(rules());
        rules.set(index(rules, name), required(rule));
        save(OperationType.UPDATE, rules);
        return rule;
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name) {
        auth.realm().requireManageRealm();
        List<RuleJson> rules = new ArrayList<>(rules());
        rules.remove(index(rules, name));
        save(OperationType.DELETE, rules);
    }

    private static int index(List<RuleJson> rules, String name) {
        return IntStream.range(0, rules.size())
                .filter(index -> rules.get(index).name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("Rule"));
    }

    private static <T> T required(T body) {
        if (body == null) {
            throw Refusal.field("rules", "a JSON body is needed");
        }
        return body;
    }

    private static List<RuleJson> ordered(List<RuleJson> rules) {
        if (rules.stream().anyMatch(rule -> rule == null || rule.priority() != null)) {
            return rules;
        }
        return IntStream.range(0, rules.size())
                .mapToObj(index -> rules.get(index).withPriority((rules.size() - index) * 10))
                .toList();
    }

    private SettingsJson settings() {
        return MappingSettings.of(realm).map(SettingsJson::of).orElseGet(SettingsJson::defaults);
    }

    private List<RuleJson> rules() {
        return settings().rules();
    }

    private List<RuleJson> save(OperationType operation, List<RuleJson> rules) {
        List<RuleJson> old = rules();
        try {
            settings().withRules(rules).save(realm);
        } catch (InvalidSettingsException e) {
            session.getTransactionManager().setRollbackOnly();
            throw Refusal.fields(e.messages());
        }
        GroupMapper.forget(session, realm);
        List<RuleJson> saved = rules();
        adminEvent
                .operation(operation)
                .resource("GROUP_MAPPING_SETTINGS")
                .resourcePath(session.getContext().getUri())
                .representation(Map.of("old", old, "new", saved))
                .success();
        return saved;
    }
}
