package io.github.enterprisesso.teams.mapping;

import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import java.util.Locale;
import java.util.Optional;

/**
 * An entitlement in one English sentence, for administrators and events.
 *
 * @param target name of the team, exclusive group, organization or role
 * @param group name of the pushed or claimed group, if there is one
 * @param rule name of the rule that made the mapping; empty for one made by hand
 * @param attribute name of the user attribute that carries it
 */
public record Reason(Entitlement entitlement, String target, String group, Optional<String> rule, String attribute) {

    public String sentence() {
        return switch (entitlement.provenance().origin()) {
            case GROUP ->
                entitlement.kind() == Kind.ROLE
                        ? "Pushed group '%s' carries role '%s', the highest of all sources of this user."
                                .formatted(group, target)
                        : "Member of pushed group '%s', which %s maps to %s '%s'."
                                .formatted(group, mapper(), kind(), target);
            case CLAIM ->
                entitlement.kind() == Kind.ROLE
                        ? "Group '%s' of the last login carries role '%s', the highest of all sources of this user."
                                .formatted(group, target)
                        : "The last login named group '%s', which %s maps to %s '%s'."
                                .formatted(group, mapper(), kind(), target);
            case USER_ATTRIBUTE ->
                entitlement.kind() == Kind.ROLE
                        ? "User attribute '%s' carries role '%s', the highest of all sources of this user."
                                .formatted(attribute, target)
                        : "User attribute '%s' names %s '%s'.".formatted(attribute, kind(), target);
            case DEFAULT ->
                entitlement.kind() == Kind.ROLE
                        ? "No pushed group and no user attribute carries a role, so the default role '%s' applies."
                                .formatted(target)
                        : "Nothing puts this user into another %1$s, so the default %1$s '%2$s' applies."
                                .formatted(kind(), target);
            case UNMAPPED ->
                switch (entitlement.kind()) {
                    case ACCOUNT ->
                        entitlement.targetId().equals(Entitlement.DISABLED)
                                ? "No group of this user is mapped any more, so the realm disables the account."
                                : "No group of this user is mapped any more, so the account waits for an administrator.";
                    default ->
                        "No group of this user is mapped any more, so the default %s '%s' applies."
                                .formatted(kind(), target);
                };
            case LAST_ADMINISTRATOR ->
                "No source gives role '%s' any more; it is kept because nobody else holds it.".formatted(target);
            case BY_HAND -> "An administrator gave %s '%s', and a user has one at most.".formatted(kind(), target);
        };
    }

    private String mapper() {
        return rule.map("rule '%s'"::formatted).orElse("an administrator");
    }

    private String kind() {
        return entitlement.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
