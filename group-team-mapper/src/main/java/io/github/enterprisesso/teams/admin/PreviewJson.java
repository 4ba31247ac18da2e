package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.settings.RuleJson;
import io.github.enterprisesso.teams.sync.Outlook.Forecast;
import io.github.enterprisesso.teams.sync.Outlook.GroupForecast;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What would happen, in total and to each user; of the users at most {@link #MOST}.
 *
 * @param groups what rules would make of pushed groups that have no mapping
 * @param total how many users, and how often each thing: {@code {"users":2,"JOIN":2,"GRANT_ROLE":1,"conflicts":0}}
 */
public record PreviewJson(List<GroupForecast> groups, Map<String, Integer> total, List<Forecast> users) {

    private static final int MOST = 1000;

    static PreviewJson of(List<GroupForecast> groups, List<Forecast> forecasts) {
        Map<String, Integer> total = new TreeMap<>(Map.of("users", forecasts.size(), "conflicts", 0));
        for (Forecast forecast : forecasts) {
            forecast.changes().forEach(change -> total.merge(change.action(), 1, Integer::sum));
            total.merge("conflicts", forecast.conflicts().size(), Integer::sum);
        }
        return new PreviewJson(groups, total, forecasts.stream().limit(MOST).toList());
    }

    /**
     * {@code {"rules":[{...}]}}, {@code {"mapping":{"groupId":"...","targetType":"TEAM","targetName":"..."}}} or
     * {@code {"decision":{"mappingId":"...","status":"REJECTED"}}}.
     */
    public record Question(List<RuleJson> rules, MappingJson.New mapping, Decision decision) {

        /** What an administrator may say of a mapping; without {@code targetId} it leads where it leads, or where its name does. */
        public record Decision(String mappingId, String status, String targetId) {}

        boolean one() {
            return Stream.of(rules, mapping, decision).filter(Objects::nonNull).count() == 1;
        }
    }
}
