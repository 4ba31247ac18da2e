package io.github.enterprisesso.teams.claim;

import io.github.enterprisesso.teams.claim.GroupsClaim.Named;
import io.github.enterprisesso.teams.claim.GroupsClaim.Unclear;
import io.github.enterprisesso.teams.claim.GroupsClaim.Why;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the groups in what a provider sent.
 *
 * @param name of the claim or attribute; a claim may be nested: {@code resource.groups}, where {@code \.} is a dot of a name.
 *     A claim of exactly this name, dots and all, comes first
 * @param delimiter where a text holds several groups; empty when each text is one group
 */
public record GroupsReader(String name, Optional<String> delimiter) {

    /** As long as a name of a group in Keycloak may be. */
    public static final int LONGEST = 255;

    /** Microsoft Entra, OpenID Connect Core 5.6.2: names of claims that have to be fetched elsewhere. */
    private static final String CLAIM_NAMES = "_claim_names";

    /** Microsoft Entra, where the token has to stay short. */
    private static final String HAS_GROUPS = "hasgroups";

    /** Microsoft Entra, SAML: an attribute that stands for the groups when there are too many. */
    private static final String GROUPS_LINK = "http://schemas.microsoft.com/claims/groups.link";

    private static final Pattern UNESCAPED_DOT = Pattern.compile("(?<!\\\\)\\.");

    /**
     * An attribute of a SAML assertion.
     *
     * @param friendlyName may be null
     */
    public record Attribute(String name, String friendlyName, List<String> values) {}

    /**
     * @param documents the claims of the ID token, the access token and the user info, as far as there are any: the first one
     *     that has the claim counts
     */
    public GroupsClaim inClaims(List<Map<String, Object>> documents) {
        boolean overage = false;
        for (Map<String, Object> document : documents) {
            Object value = find(document);
            if (value != null) {
                return read(value);
            }
            overage |= isOverage(document);
        }
        return new Unclear(overage ? Why.OVERAGE : Why.MISSING);
    }

    /** @param attributes of all attribute statements; several of the same name count together */
    public GroupsClaim inAttributes(List<Attribute> attributes) {
        List<Attribute> found = attributes.stream()
                .filter(attribute -> name.equals(attribute.name()) || name.equals(attribute.friendlyName()))
                .toList();
        if (found.isEmpty()) {
            boolean overage = attributes.stream().anyMatch(attribute -> GROUPS_LINK.equals(attribute.name()));
            return new Unclear(overage ? Why.OVERAGE : Why.MISSING);
        }
        return named(found.stream().flatMap(attribute -> attribute.values().stream()));
    }

    private Object find(Map<String, Object> document) {
        Object exact = document.get(name);
        if (exact != null) {
            return exact;
        }
        Object value = document;
        for (String segment : UNESCAPED_DOT.split(name)) {
            value = value instanceof Map<?, ?> nested ? nested.get(segment.replace("\\.", ".")) : null;
        }
        return value;
    }

    private boolean isOverage(Map<String, Object> document) {
        boolean elsewhere = document.get(CLAIM_NAMES) instanceof Map<?, ?> names && names.containsKey(name);
        return elsewhere || Boolean.parseBoolean(String.valueOf(document.get(HAS_GROUPS)));
    }

    private GroupsClaim read(Object value) {
        if (isText(value)) {
            return named(Stream.of(value.toString()));
        }
        if (value instanceof Collection<?> list && list.stream().allMatch(GroupsReader::isText)) {
            return named(list.stream().map(Object::toString));
        }
        return new Unclear(Why.UNREADABLE);
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof Number;
    }

    private Named named(Stream<String> texts) {
        Set<String> values = new LinkedHashSet<>();
        texts.flatMap(this::split)
                .filter(value -> !value.isBlank() && value.length() <= LONGEST)
                .forEach(values::add);
        return new Named(List.copyOf(values));
    }

    /** A text that is one group counts to the letter; what stands between delimiters may be spaced. */
    private Stream<String> split(String text) {
        return delimiter.isEmpty()
                ? Stream.of(text)
                : Arrays.stream(text.split(Pattern.quote(delimiter.get()))).map(String::strip);
    }
}
