package io.github.enterprisesso.sso.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.sso.exemption.Terms;
import io.github.enterprisesso.sso.people.Account;
import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of the list of people.
 *
 * <pre>{@code
 * {"id":"…","username":"nina@acme.test","email":"nina@acme.test","name":"Nina Test","enabled":true,
 *  "providers":["okta"],"lastSsoLogin":{"at":"2026-01-31T09:00:00Z","provider":"okta"},
 *  "lastOtherLogin":{"at":"2026-01-30T09:00:00Z","method":"auth-username-password-form"},
 *  "exempt":true,"exemption":{"until":"2026-02-28T23:00:00Z","reason":"migration","by":"owner@acme.test"},
 *  "localLogin":"ALLOWED","reason":"exempt"}
 * }</pre>
 *
 * @param exempt true if he is exempt at this moment
 * @param exemption the terms on record; they may have ended
 * @param localLogin what a login of his by password would meet now: ALLOWED, REPORTED or REFUSED
 * @param reason why, a word of the events
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UserRepresentation(
        String id,
        String username,
        String email,
        String name,
        boolean enabled,
        List<String> providers,
        LoginRepresentation lastSsoLogin,
        LoginRepresentation lastOtherLogin,
        boolean exempt,
        TermsRepresentation exemption,
        String localLogin,
        String reason) {

    /**
     * @param at ISO 8601, UTC
     * @param provider alias, for a login by SSO
     * @param method for any other
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LoginRepresentation(String at, String provider, String method) {}

    /** @param until absent if it has no end */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TermsRepresentation(String until, String reason, String by) {

        private static TermsRepresentation of(Terms terms) {
            return new TermsRepresentation(
                    terms.until().map(Instant::toString).orElse(null), terms.reason(), terms.by());
        }
    }

    static UserRepresentation of(Account account, SsoPolicy policy, Instant now) {
        Decision decision = policy.decide(account.subject(now), new Evidence.Local("password"));
        return new UserRepresentation(
                account.id(),
                account.username(),
                account.email(),
                name(account),
                account.enabled(),
                account.providers(),
                account.lastLogins()
                        .enterprise()
                        .map(login -> new LoginRepresentation(login.at().toString(), login.how(), null))
                        .orElse(null),
                account.lastLogins()
                        .other()
                        .map(login -> new LoginRepresentation(login.at().toString(), null, login.how()))
                        .orElse(null),
                account.exempt(now),
                account.terms().map(TermsRepresentation::of).orElse(null),
                outcome(decision),
                reason(decision));
    }

    static String name(Account account) {
        return Stream.of(Optional.ofNullable(account.firstName()), Optional.ofNullable(account.lastName()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static String outcome(Decision decision) {
        if (decision instanceof Refuse) {
            return "REFUSED";
        }
        return decision instanceof Report ? "REPORTED" : "ALLOWED";
    }

    private static String reason(Decision decision) {
        if (decision instanceof Refuse refusal) {
            return refusal.reason().code();
        }
        if (decision instanceof Report report) {
            return report.refusal().reason().code();
        }
        return ((Allow) decision).grounds().name().toLowerCase(Locale.ROOT);
    }
}
