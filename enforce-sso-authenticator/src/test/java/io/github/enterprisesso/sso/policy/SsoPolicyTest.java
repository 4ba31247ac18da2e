package io.github.enterprisesso.sso.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Reason;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsoPolicyTest {

    private static final List<String> ALLOWED = List.of("okta", "entra");

    @ParameterizedTest(name = "{0}: {1} with {2} is {3}")
    @CsvSource(textBlock = """
            # mode  , who             , evidence     , decision
            OFF     , person          , password     , allow switched_off
            OFF     , person          , social       , allow switched_off
            REPORT  , person          , password     , report local_login
            REPORT  , person          , social       , report other_provider
            REPORT  , person          , okta         , allow enterprise_provider
            REPORT  , exempt          , password     , allow exempt
            REPORT  , service-account , client-secret, allow not_a_person
            ENFORCE , person          , password     , refuse local_login
            ENFORCE , person          , cookie       , refuse local_login
            ENFORCE , person          , refresh_token, refuse local_login
            ENFORCE , person          , saml         , refuse local_login
            ENFORCE , person          , social       , refuse other_provider
            ENFORCE , person          , okta         , allow enterprise_provider
            ENFORCE , person          , entra        , allow enterprise_provider
            ENFORCE , person          , impersonation, allow impersonated
            ENFORCE , exempt          , password     , allow exempt
            ENFORCE , exempt          , social       , allow exempt
            ENFORCE , exempt          , okta         , allow enterprise_provider
            ENFORCE , service-account , client-secret, allow not_a_person
            """)
    @DisplayName("ENF-1 ENF-2 ENF-3 ENF-4 ENF-14 EXM-2: mode × who × evidence")
    void theTable(Mode mode, String who, String evidence, String decision) {
        SsoPolicy policy = new SsoPolicy(mode, ALLOWED, false);

        assertThat(words(policy.decide(subject(who), evidence(evidence)))).isEqualTo(decision);
    }

    @Nested
    @DisplayName("A refusal")
    class Refusal {

        @Test
        @DisplayName("ENF-12 names the allowed providers in the order the administrator gave")
        void namesTheProviders() {
            SsoPolicy policy = new SsoPolicy(Mode.ENFORCE, ALLOWED, false);

            Decision decision = policy.decide(subject("person"), evidence("password"));

            assertThat(decision).isEqualTo(new Refuse(Reason.LOCAL_LOGIN, List.of("okta", "entra")));
        }

        @Test
        @DisplayName("an alias must match exactly, with case and to the last letter")
        void aliasesAreExact() {
            SsoPolicy policy = new SsoPolicy(Mode.ENFORCE, List.of("okta"), false);

            assertThat(policy.decide(subject("person"), new Evidence.Brokered("okta.social")))
                    .isInstanceOf(Refuse.class);
            assertThat(policy.decide(subject("person"), new Evidence.Brokered("Okta")))
                    .isInstanceOf(Refuse.class);
        }
    }

    @Nested
    @DisplayName("A damaged policy")
    class Damaged {

        @Test
        @DisplayName("with an unknown mode fails closed, except for exempt people and allowed providers")
        void unknownMode() {
            SsoPolicy policy = SsoPolicy.of("ENFOCRE", ALLOWED);

            assertThat(policy.damaged()).isTrue();
            assertThat(words(policy.decide(subject("person"), evidence("password"))))
                    .isEqualTo("refuse damaged_policy");
            assertThat(words(policy.decide(subject("exempt"), evidence("password"))))
                    .isEqualTo("allow exempt");
            assertThat(words(policy.decide(subject("person"), evidence("okta"))))
                    .isEqualTo("allow enterprise_provider");
        }

        @Test
        @DisplayName("without a provider fails closed")
        void noProvider() {
            SsoPolicy policy = SsoPolicy.of("ENFORCE", List.of());

            assertThat(policy.withoutProviders()).isTrue();
            assertThat(words(policy.decide(subject("person"), evidence("okta"))))
                    .isEqualTo("refuse damaged_policy");
            assertThat(words(policy.decide(subject("exempt"), evidence("password"))))
                    .isEqualTo("allow exempt");
        }

        @Test
        @DisplayName("is not without a provider while a domain or an organization has one, or while nobody is refused")
        void someProvider() {
            SsoPolicy none = SsoPolicy.of("ENFORCE", List.of());

            assertThat(none.within(Set.of(Scope.DOMAINS), List.of(EnforcedDomain.of("acme.test", List.of("okta"))))
                            .withoutProviders())
                    .isFalse();
            assertThat(none.within(Set.of(Scope.DOMAINS), List.of(EnforcedDomain.of("acme.test", List.of())))
                            .withoutProviders())
                    .isTrue();
            assertThat(none.within(Set.of(Scope.ORGANIZATIONS), List.of()).withoutProviders())
                    .isFalse();
            assertThat(SsoPolicy.of("ENFORCE", ALLOWED).withoutProviders()).isFalse();
            assertThat(SsoPolicy.of("REPORT", List.of()).withoutProviders()).isFalse();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(strings = {"", "  "})
        @DisplayName("a missing mode is OFF")
        void missingMode(String mode) {
            assertThat(SsoPolicy.of(mode, ALLOWED).off()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"enforce", " Enforce ", "ENFORCE"})
        @DisplayName("the mode is read in any case")
        void anyCase(String mode) {
            assertThat(SsoPolicy.of(mode, ALLOWED)).isEqualTo(new SsoPolicy(Mode.ENFORCE, ALLOWED, false));
        }
    }

    @Test
    @DisplayName("an enterprise login never asks for the exemption: it costs no look-up")
    void enterpriseLoginAsksNothing() {
        AtomicInteger asked = new AtomicInteger();
        Subject person = Subject.person(() -> asked.incrementAndGet() > 0);

        new SsoPolicy(Mode.ENFORCE, ALLOWED, false).decide(person, evidence("okta"));

        assertThat(asked).hasValue(0);
    }

    private static Subject subject(String who) {
        return switch (who) {
            case "person" -> Subject.person(() -> false);
            case "exempt" -> Subject.person(() -> true);
            case "service-account" -> Subject.serviceAccount();
            default -> throw new IllegalArgumentException(who);
        };
    }

    private static Evidence evidence(String word) {
        return switch (word) {
            case "okta", "entra", "social" -> new Evidence.Brokered(word);
            case "impersonation" -> new Evidence.Impersonated("admin");
            default -> new Evidence.Local(word);
        };
    }

    private static String words(Decision decision) {
        if (decision instanceof Allow allow) {
            return "allow " + lower(allow.grounds());
        }
        if (decision instanceof Report report) {
            return "report " + report.refusal().reason().code();
        }
        return "refuse " + ((Refuse) decision).reason().code();
    }

    private static String lower(Grounds grounds) {
        return grounds.name().toLowerCase(Locale.ROOT);
    }
}
