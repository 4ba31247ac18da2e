package io.github.enterprisesso.sso.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.sso.people.Account;
import io.github.enterprisesso.sso.readiness.Readiness;
import io.github.enterprisesso.sso.readiness.Readiness.Obstacle;
import io.github.enterprisesso.sso.readiness.Readiness.State;
import java.util.List;
import java.util.Map;

/**
 * Who would be locked out if ENFORCE was on now.
 *
 * @param people how many there are in each state, over the whole realm
 * @param obstacles how many of those that are not ready have each obstacle
 * @param total how many the list has on all pages
 * @param users one page of the list
 */
public record ReadinessRepresentation(
        Map<State, Long> people,
        Map<Obstacle, Long> obstacles,
        long total,
        int first,
        List<CandidateRepresentation> users) {

    /**
     * One of them.
     *
     * @param obstacles why
     * @param mustUse aliases of the identity providers that he would have to use
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CandidateRepresentation(
            String id,
            String username,
            String email,
            String name,
            List<String> providers,
            State state,
            List<Obstacle> obstacles,
            List<String> mustUse) {

        static CandidateRepresentation of(Account account, Readiness readiness) {
            return new CandidateRepresentation(
                    account.id(),
                    account.username(),
                    account.email(),
                    UserRepresentation.name(account),
                    account.providers(),
                    readiness.state(),
                    readiness.obstacles(),
                    readiness.providers());
        }
    }
}
