package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * An entitlement in one English sentence, for administrators and events.
 *
 * @param target name of the team or role
 * @param group name of the pushed group, if there is one
 * @param rule name of the rule that made the mapping; empty for one made by hand
 * @param roleAttribute name of the user attribute that carries a role
 */
public record Reason(
        Entitlement entitlement, String target, String group, Optional<String> rule, String roleAttribute) {

    public String sentence() {
        Provenance provenance = entitlement.provenance();
        return switch (provenance.origin()) {
            case GROUP ->
                entitlement.kind() == Entitlement.Kind.ROLE
                        ? "Pushed group '%s' carries role '%s', the highest of all sources of this user."
                                .formatted(group, target)
                        : "Member of pushed group '%s', which %s maps to team '%s'."
                                .formatted(
                                        group, rule.map("rule '%s'"::formatted).orElse("an administrator"), target);
            case USER_ATTRIBUTE ->
                "User attribute '%s' carries role '%s', the highest of all sources of this user."
                        .formatted(roleAttribute, target);
            case DEFAULT ->
                "No pushed group and no user attribute carries a role, so the default role '%s' applies."
                        .formatted(target);
            case LAST_ADMINISTRATOR ->
                "No source gives role '%s' any more; it is kept because nobody else holds it.".formatted(target);
        };
    }
}
