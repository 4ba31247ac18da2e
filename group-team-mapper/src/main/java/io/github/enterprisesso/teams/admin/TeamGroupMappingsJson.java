package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** The groups of each team by name: {@code {"data":[{"team_id":"...","groups":["Engineering"]}]}}. */
public record TeamGroupMappingsJson(List<Team> data) {

    /**
     * One team.
     *
     * @param groups names of pushed groups, as they are written
     */
    public record Team(@JsonProperty("team_id") String teamId, List<String> groups) {}
}
