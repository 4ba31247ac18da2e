package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.InvalidSettingsException;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.RuleJson;
import io.github.enterprisesso.teams.settings.SettingsJson;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.sync.Outlook;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** What a change would do, before it is made. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PreviewResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final Lookup lookup;

    PreviewResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.lookup = new Lookup(session, realm);
    }

    /** What rules, a mapping or a decision on one would do; saves nothing. */
    @POST
    public PreviewJson preview(PreviewJson.Question question) {
        auth.users().requireView();
        Outlook outlook = lookup.mapper().outlook();
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
        MappingCheck check = new MappingCheck(session, realm, lookup.mapper());
        String groupId = check.knownGroup(question.mapping().groupId());
        TargetType type = MappingCheck.type(question.mapping().targetType());
        Target target = question.mapping().targetId() != null
                ? check.target(new Target(type, question.mapping().targetId()), "mapping.targetId")
                : outlook.target(
                                type,
                                String.valueOf(question.mapping().targetName()).strip())
                        .orElseThrow(() -> Refusal.field(
                                "mapping.targetName",
                                "there is no organization '"
                                        + question.mapping().targetName() + "'"));
        check.refuseSecond(groupId, target, null);
        return PreviewJson.of(List.of(), outlook.mapping(groupId, target));
    }

    private List<Outlook.Forecast> decided(Outlook outlook, PreviewJson.Question.Decision decision) {
        MappingEntity mapping = lookup.mapping(String.valueOf(decision.mappingId()));
        if (MappingStatus.REJECTED.name().equals(decision.status())) {
            return outlook.decision(mapping, MappingStatus.REJECTED, Optional.empty());
        }
        if (!MappingStatus.APPROVED.name().equals(decision.status())) {
            throw Refusal.field(
                    "decision.status", "'" + decision.status() + "' cannot be set; allowed are APPROVED and REJECTED");
        }
        TargetType type = mapping.getTargetType();
        MappingCheck check = new MappingCheck(session, realm, lookup.mapper());
        Optional<Target> target = Optional.ofNullable(decision.targetId())
                .map(id -> check.target(new Target(type, id), "decision.targetId"))
                .or(() -> mapping.toMapping().target())
                .or(() -> lookup.mapper().groupName(mapping.getGroupId()).flatMap(name -> outlook.target(type, name)));
        target.ifPresent(wanted -> check.refuseSecond(mapping.getGroupId(), wanted, mapping.getId()));
        return outlook.decision(mapping, MappingStatus.APPROVED, target);
    }

    private RuleSet rules(List<RuleJson> wanted) {
        try {
            return SettingsJson.of(MappingSettings.of(realm).orElseThrow())
                    .withRules(wanted)
                    .check(session, realm)
                    .rules();
        } catch (InvalidSettingsException e) {
            throw Refusal.fields(e.messages());
        }
    }
}
