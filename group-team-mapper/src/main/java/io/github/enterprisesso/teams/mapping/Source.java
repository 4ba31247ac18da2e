package io.github.enterprisesso.teams.mapping;

import java.util.List;

/** A pushed group the user is in: the roles it carries and where it leads. */
public record Source(String groupId, List<String> roles, List<Mapping> mappings) {}
