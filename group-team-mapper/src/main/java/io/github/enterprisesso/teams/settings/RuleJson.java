package io.github.enterprisesso.teams.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.teams.mapping.NamePattern;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.TargetType;
import java.util.List;
import java.util.Optional;

/**
 * A rule as it is written: {@code {"name":"all","type":"MATCH_ALL","targetType":"TEAM","autoApprove":true,"priority":100}}.
 *
 * @param type {@code MATCH_ALL}, {@code PREFIX} or {@code REGEX}
 * @param pattern the prefix or the regular expression; {@code MATCH_ALL} has none
 * @param targetType {@code TEAM}, also when absent, {@code EXCLUSIVE_GROUP} or {@code ORGANIZATION}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"name", "type", "pattern", "targetType", "autoApprove", "priority", "role"})
public record RuleJson(
        String name,
        String type,
        String pattern,
        String targetType,
        Boolean autoApprove,
        Integer priority,
        String role) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES = List.of("MATCH_ALL", "PREFIX", "REGEX");

    static RuleJson parse(String json) {
        try {
            return JSON.readValue(json, RuleJson.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "is not a JSON object with the fields name, type, pattern, targetType, autoApprove, priority, role",
                    e);
        }
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static RuleJson of(Rule rule) {
        String type;
        String pattern;
        if (rule.pattern() instanceof NamePattern.Prefix prefix) {
            type = "PREFIX";
            pattern = prefix.prefix();
        } else if (rule.pattern() instanceof NamePattern.Regex regex) {
            type = "REGEX";
            pattern = regex.pattern().pattern();
        } else {
            type = "MATCH_ALL";
            pattern = null;
        }
        return new RuleJson(
                rule.name(),
                type,
                pattern,
                rule.targetType().name(),
                rule.autoApprove(),
                rule.priority(),
                rule.role().orElse(null));
    }

    public RuleJson withPriority(int other) {
        return new RuleJson(name, type, pattern, targetType, autoApprove, other, role);
    }

    /**
     * @throws IllegalArgumentException with a text for administrators that begins with the field at fault
     */
    Rule toRule() {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name is missing");
        }
        if (name.length() > 255) {
            throw new IllegalArgumentException("name is longer than 255 characters");
        }
        return new Rule(
                name.strip(),
                namePattern(),
                target(),
                Boolean.TRUE.equals(autoApprove),
                priority == null ? 0 : priority,
                Optional.ofNullable(role).map(String::strip).filter(value -> !value.isEmpty()));
    }

    private NamePattern namePattern() {
        if (type == null || !TYPES.contains(type)) {
            throw new IllegalArgumentException("type is " + type + "; allowed are " + String.join(", ", TYPES));
        }
        try {
            return switch (type) {
                case "PREFIX" -> new NamePattern.Prefix(pattern);
                case "REGEX" -> NamePattern.Regex.compile(pattern);
                default -> new NamePattern.MatchAll();
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pattern " + e.getMessage(), e);
        }
    }

    private TargetType target() {
        if (targetType == null) {
            return TargetType.TEAM;
        }
        try {
            return TargetType.valueOf(targetType);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "targetType is " + targetType + "; allowed are TEAM, EXCLUSIVE_GROUP, ORGANIZATION", e);
        }
    }
}
