package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.reconcile.Part;
import io.github.enterprisesso.teams.sync.Outlook.Forecast;
import java.util.List;
import java.util.Map;

/**
 * What is not as it should be, of the users of a part.
 *
 * @param total how many users, and how often each thing: {@code {"users":2,"JOIN":2,"GRANT_ROLE":1,"conflicts":0}}
 * @param users of them at most 1000
 * @param progress how far the report is
 * @param next where the next part begins: after this user id; absent when nothing remains
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftJson(Map<String, Integer> total, List<Forecast> users, Progress progress, String next) {

    /**
     * @param done users looked at in this part and those before it
     * @param total users there are to look at
     */
    public record Progress(int done, int total) {}

    static DriftJson of(Part part, String after, List<Forecast> forecasts) {
        PreviewJson report = PreviewJson.of(List.of(), forecasts);
        return new DriftJson(report.total(), report.users(), new Progress(part.done(), part.total()), part.next(after));
    }
}
