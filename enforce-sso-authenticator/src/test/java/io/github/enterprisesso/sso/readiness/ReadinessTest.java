package io.github.enterprisesso.sso.readiness;

import static io.github.enterprisesso.sso.readiness.Readiness.Obstacle.FOREIGN_EMAIL;
import static io.github.enterprisesso.sso.readiness.Readiness.Obstacle.LOCAL_CREDENTIAL_ONLY;
import static io.github.enterprisesso.sso.readiness.Readiness.Obstacle.NEVER_BY_SSO;
import static io.github.enterprisesso.sso.readiness.Readiness.Obstacle.NO_EMAIL;
import static io.github.enterprisesso.sso.readiness.Readiness.Obstacle.NO_LINK;
import static io.github.enterprisesso.sso.readiness.Readiness.Obstacle.NO_PROVIDER;
import static io.github.enterprisesso.sso.readiness.Readiness.State.DISABLED;
import static io.github.enterprisesso.sso.readiness.Readiness.State.EXEMPT;
import static io.github.enterprisesso.sso.readiness.Readiness.State.LOCKED_OUT;
import static io.github.enterprisesso.sso.readiness.Readiness.State.OUT_OF_SCOPE;
import static io.github.enterprisesso.sso.readiness.Readiness.State.READY;
import static io.github.enterprisesso.sso.readiness.Readiness.State.UNPROVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Reason;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import io.github.enterprisesso.sso.readiness.Readiness.Facts;
import io.github.enterprisesso.sso.readiness.Readiness.Obstacle;
import io.github.enterprisesso.sso.readiness.Readiness.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReadinessTest {

    private static final Decision REFUSED = new Refuse(Reason.LOCAL_LOGIN, List.of("okta", "entra"));
    private static final Decision NO_WAY = new Refuse(Reason.DAMAGED_POLICY, List.of());
    private static final Map<String, Set<String>> EVERY_DOMAIN = Map.of();
    private static final Map<String, Set<String>> ACME_ONLY =
            Map.of("okta", Set.of("acme.test"), "entra", Set.of("acme.test"));

    @ParameterizedTest(name = "{0}")
    @MethodSource("people")
    @DisplayName("who would get in, and what stands in the way of the others")
    void table(
            String who,
            Facts person,
            Decision decision,
            Map<String, Set<String>> domains,
            State state,
            List<Obstacle> obstacles) {
        Readiness readiness = Readiness.of(person, decision, domains);

        assertThat(readiness.state()).isEqualTo(state);
        assertThat(readiness.obstacles()).isEqualTo(obstacles);
    }

    static Stream<Arguments> people() {
        Facts ready = new Facts(true, Optional.of("acme.test"), Set.of("okta"), true, Optional.of("okta"));
        Facts linked = new Facts(true, Optional.of("acme.test"), Set.of("entra"), true, Optional.empty());
        Facts social = new Facts(true, Optional.of("acme.test"), Set.of("google"), true, Optional.empty());
        Facts password = new Facts(true, Optional.of("acme.test"), Set.of(), true, Optional.empty());
        Facts nothing = new Facts(true, Optional.of("acme.test"), Set.of(), false, Optional.empty());
        Facts nameless = new Facts(true, Optional.empty(), Set.of(), true, Optional.empty());
        Facts namelessLinked = new Facts(true, Optional.empty(), Set.of("okta"), true, Optional.of("okta"));
        Facts elsewhere = new Facts(true, Optional.of("else.test"), Set.of(), true, Optional.empty());
        Facts moved = new Facts(true, Optional.of("else.test"), Set.of("okta"), true, Optional.of("okta"));
        Facts formerly = new Facts(true, Optional.of("acme.test"), Set.of("okta"), true, Optional.of("old-okta"));
        Facts disabled = new Facts(false, Optional.of("acme.test"), Set.of(), true, Optional.empty());
        return Stream.of(
                row("linked, has signed in", ready, REFUSED, EVERY_DOMAIN, READY),
                row("linked, has signed in, no address", namelessLinked, REFUSED, ACME_ONLY, READY),
                row("linked to the second provider", linked, REFUSED, EVERY_DOMAIN, UNPROVEN, NEVER_BY_SSO),
                row("signed in by one that is gone", formerly, REFUSED, EVERY_DOMAIN, UNPROVEN, NEVER_BY_SSO),
                row("linked, address moved away", moved, REFUSED, ACME_ONLY, UNPROVEN, FOREIGN_EMAIL),
                row("social link only", social, REFUSED, EVERY_DOMAIN, LOCKED_OUT, NO_LINK, NEVER_BY_SSO),
                row(
                        "password only",
                        password,
                        REFUSED,
                        EVERY_DOMAIN,
                        LOCKED_OUT,
                        NO_LINK,
                        NEVER_BY_SSO,
                        LOCAL_CREDENTIAL_ONLY),
                row("no credential at all", nothing, REFUSED, EVERY_DOMAIN, LOCKED_OUT, NO_LINK, NEVER_BY_SSO),
                row(
                        "no address",
                        nameless,
                        REFUSED,
                        EVERY_DOMAIN,
                        LOCKED_OUT,
                        NO_LINK,
                        NO_EMAIL,
                        NEVER_BY_SSO,
                        LOCAL_CREDENTIAL_ONLY),
                row(
                        "address of another domain",
                        elsewhere,
                        REFUSED,
                        ACME_ONLY,
                        LOCKED_OUT,
                        NO_LINK,
                        FOREIGN_EMAIL,
                        NEVER_BY_SSO,
                        LOCAL_CREDENTIAL_ONLY),
                row(
                        "address of a domain that one provider answers for",
                        elsewhere,
                        REFUSED,
                        Map.of("okta", Set.of("acme.test")),
                        LOCKED_OUT,
                        NO_LINK,
                        NEVER_BY_SSO,
                        LOCAL_CREDENTIAL_ONLY),
                row("the policy names no provider", ready, NO_WAY, EVERY_DOMAIN, LOCKED_OUT, NO_PROVIDER, NEVER_BY_SSO),
                row("disabled", disabled, REFUSED, EVERY_DOMAIN, DISABLED),
                row("exempt", password, new Allow(Grounds.EXEMPT), EVERY_DOMAIN, EXEMPT),
                row("reported only", linked, new Report((Refuse) REFUSED), EVERY_DOMAIN, UNPROVEN, NEVER_BY_SSO));
    }

    @ParameterizedTest
    @EnumSource(value = Grounds.class, names = "EXEMPT", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("whoever is allowed for another reason is not concerned")
    void notConcerned(Grounds grounds) {
        Facts person = new Facts(true, Optional.empty(), Set.of(), true, Optional.empty());

        assertThat(Readiness.of(person, new Allow(grounds), EVERY_DOMAIN).state())
                .isEqualTo(OUT_OF_SCOPE);
    }

    @Test
    @DisplayName("tells which providers he would have to use")
    void providers() {
        Facts person = new Facts(true, Optional.empty(), Set.of(), true, Optional.empty());

        assertThat(Readiness.of(person, REFUSED, EVERY_DOMAIN).providers()).containsExactly("okta", "entra");
    }

    private static Arguments row(
            String who,
            Facts person,
            Decision decision,
            Map<String, Set<String>> domains,
            State state,
            Obstacle... obstacles) {
        return arguments(who, person, decision, domains, state, List.of(obstacles));
    }
}
