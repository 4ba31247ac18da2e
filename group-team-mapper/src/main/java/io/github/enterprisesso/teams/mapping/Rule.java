package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * What happens to a pushed group that nobody has mapped by hand.
 *
 * @param autoApprove find or create the target and give it to the members at once; otherwise the mapping waits
 * @param priority the highest number is asked first
 * @param role a role of the ladder that every member gets, for directories whose push cannot carry roles
 */
public record Rule(
        String name,
        NamePattern pattern,
        TargetType targetType,
        boolean autoApprove,
        int priority,
        Optional<String> role) {}
