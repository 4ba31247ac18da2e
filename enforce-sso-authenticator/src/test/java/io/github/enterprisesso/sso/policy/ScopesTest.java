package io.github.enterprisesso.sso.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Reason;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the policy is for, and which providers count for whom. */
class ScopesTest {

    private static final List<EnforcedDomain> DOMAINS =
            List.of(EnforcedDomain.of("acme.com"), EnforcedDomain.of("corp.com", List.of("entra")));

    @ParameterizedTest(name = "{0} for {1}: {2} with {3} is {4}")
    @CsvSource(textBlock = """
            # mode  , scope                 , who              , evidence     , decision
            ENFORCE , realm                 , stranger         , password     , refuse local_login okta
            ENFORCE , realm                 , stranger         , okta         , allow enterprise_provider
            ENFORCE , realm                 , acme             , okta         , allow enterprise_provider
            ENFORCE , domains               , stranger         , password     , allow out_of_scope
            ENFORCE , domains               , stranger         , social       , allow out_of_scope
            ENFORCE , domains               , acme             , password     , refuse local_login okta
            ENFORCE , domains               , acme             , social       , refuse other_provider okta
            ENFORCE , domains               , acme             , okta         , allow enterprise_provider
            ENFORCE , domains               , acme             , entra        , refuse foreign_domain okta
            ENFORCE , domains               , corp             , password     , refuse local_login entra
            ENFORCE , domains               , corp             , okta         , refuse other_provider entra
            ENFORCE , domains               , corp             , entra        , allow enterprise_provider
            ENFORCE , domains               , corp exempt      , password     , allow exempt
            ENFORCE , domains               , corp expired     , password     , refuse local_login entra
            ENFORCE , domains               , corp impersonated, impersonation, allow impersonated
            ENFORCE , domains               , corp excepted    , password     , allow excepted_client
            ENFORCE , domains               , by-user-name     , password     , refuse local_login entra
            ENFORCE , domains               , nobody           , password     , allow out_of_scope
            ENFORCE , domains               , service-account  , client-secret, allow not_a_person
            ENFORCE , linked                , stranger         , password     , allow out_of_scope
            ENFORCE , linked                , linked           , password     , refuse local_login okta
            ENFORCE , linked                , linked           , social       , refuse other_provider okta
            ENFORCE , linked                , linked           , okta         , allow enterprise_provider
            ENFORCE , linked                , linked exempt    , password     , allow exempt
            ENFORCE , linked                , linked expired   , password     , refuse local_login okta
            ENFORCE , organizations         , stranger         , password     , allow out_of_scope
            ENFORCE , organizations         , stranger         , okta         , allow out_of_scope
            ENFORCE , organizations         , member           , password     , refuse local_login globex
            ENFORCE , organizations         , member           , okta         , refuse other_provider globex
            ENFORCE , organizations         , member           , globex       , allow enterprise_provider
            ENFORCE , organizations         , member exempt    , password     , allow exempt
            ENFORCE , organizations         , reported         , password     , report local_login initech
            ENFORCE , organizations         , reported         , initech      , allow enterprise_provider
            ENFORCE , organizations         , member reported  , password     , refuse local_login globex
            ENFORCE , organizations         , member reported  , initech      , refuse other_provider globex
            ENFORCE , organizations         , orphan           , password     , refuse damaged_policy
            ENFORCE , realm organizations   , stranger         , password     , refuse local_login okta
            ENFORCE , realm organizations   , stranger         , okta         , allow enterprise_provider
            ENFORCE , realm organizations   , member           , okta         , refuse other_provider globex
            ENFORCE , realm organizations   , member           , globex       , allow enterprise_provider
            ENFORCE , realm organizations   , reported         , password     , refuse local_login okta
            ENFORCE , realm domains         , stranger         , entra        , refuse foreign_domain okta
            ENFORCE , realm domains         , corp             , okta         , refuse other_provider entra
            ENFORCE , realm domains         , corp             , entra        , allow enterprise_provider
            ENFORCE , domains organizations , member corp      , entra        , refuse other_provider globex
            ENFORCE , domains organizations , member corp      , globex       , allow enterprise_provider
            ENFORCE , domains linked        , linked           , password     , refuse local_login okta
            ENFORCE , domains linked        , corp linked      , password     , refuse local_login entra
            REPORT  , realm                 , stranger         , password     , report local_login okta
            REPORT  , domains               , stranger         , password     , allow out_of_scope
            REPORT  , domains               , corp             , password     , report local_login entra
            REPORT  , domains               , acme             , entra        , report foreign_domain okta
            REPORT  , domains               , corp expired     , password     , report local_login entra
            REPORT  , linked                , linked           , password     , report local_login okta
            REPORT  , organizations         , member           , password     , report local_login globex
            REPORT  , organizations         , member           , globex       , allow enterprise_provider
            OFF     , realm                 , stranger         , password     , allow switched_off
            OFF     , organizations         , member           , password     , allow switched_off
            OFF     , domains               , corp             , okta         , allow switched_off
            """)
    @DisplayName("ENF-1 ENF-15 CON-6 EXM-2: mode × scope × who × evidence")
    void theTable(Mode mode, String scopes, String who, String evidence, String decision) {
        assertThat(words(policy(mode, scopes).decide(new Someone(who), evidence(evidence))))
                .isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0} with {1} is {2}")
    @CsvSource({
        "corp, impersonation, refuse impersonation entra",
        "corp exempt, impersonation, allow exempt",
        "stranger, impersonation, allow out_of_scope",
    })
    @DisplayName("ADM-10 impersonation of people who must use SSO can be refused")
    void impersonation(String who, String evidence, String decision) {
        SsoPolicy policy = policy(Mode.ENFORCE, "domains").except(Set.of(), false);

        assertThat(words(policy.decide(new Someone(who), evidence(evidence)))).isEqualTo(decision);
    }

    @ParameterizedTest(name = "{0}: {1} asks for {2}")
    @CsvSource(textBlock = """
            # scope                , who            , evidence, asked
            realm                  , stranger       , okta    , client
            linked                 , linked         , okta    , client
            domains-with-allowed   , acme           , okta    , client
            domains                , acme           , okta    , client domains
            organizations          , member         , globex  , client organizations
            realm                  , stranger       , password, client exempt
            linked                 , stranger       , password, client linked
            realm linked           , stranger       , password, client exempt
            """)
    @DisplayName("the usual enterprise login costs no look-up, and nothing is asked that does not decide")
    void laziness(String scopes, String who, String evidence, String asked) {
        Someone someone = new Someone(who);

        policy(Mode.ENFORCE, scopes).decide(someone, evidence(evidence));

        assertThat(someone.asked).containsExactlyInAnyOrder(asked.split(" "));
    }

    @Test
    @DisplayName("OFF asks nothing at all")
    void offAsksNothing() {
        Someone someone = new Someone("corp member linked exempt");

        policy(Mode.OFF, "realm organizations domains linked").decide(someone, evidence("password"));

        assertThat(someone.asked).isEmpty();
    }

    @Nested
    @DisplayName("Damaged")
    class Damaged {

        @Test
        @DisplayName("a policy of which a part cannot be read is for everybody who is not exempt")
        void everybody() {
            SsoPolicy policy = policy(Mode.ENFORCE, "domains").asDamaged();

            assertThat(words(policy.decide(new Someone("stranger"), evidence("password"))))
                    .isEqualTo("refuse damaged_policy okta");
            assertThat(words(policy.decide(new Someone("stranger exempt"), evidence("password"))))
                    .isEqualTo("allow exempt");
            assertThat(words(policy.decide(new Someone("stranger"), evidence("okta"))))
                    .isEqualTo("allow enterprise_provider");
        }

        @Test
        @DisplayName("ENF-10 LINKED without a provider left is for everybody, as it cannot be told who was linked")
        void linkedToNothing() {
            SsoPolicy policy = new SsoPolicy(Mode.ENFORCE, List.of(), false).within(Set.of(Scope.LINKED), List.of());

            assertThat(words(policy.decide(new Someone("stranger"), evidence("password"))))
                    .isEqualTo("refuse damaged_policy");
        }

        @Test
        @DisplayName("ENF-10 a domain without a provider left admits nobody but exempt people")
        void domainWithNothing() {
            SsoPolicy policy = new SsoPolicy(Mode.ENFORCE, List.of("okta"), false)
                    .within(Set.of(Scope.DOMAINS), List.of(EnforcedDomain.of("corp.com", List.of())));

            assertThat(words(policy.decide(new Someone("corp"), evidence("okta"))))
                    .isEqualTo("refuse damaged_policy");
            assertThat(words(policy.decide(new Someone("corp exempt"), evidence("password"))))
                    .isEqualTo("allow exempt");
        }
    }

    @Nested
    @DisplayName("ENF-11 ENF-12 who types an address")
    class Typed {

        @ParameterizedTest(name = "{0} {1}: {2} must use {3}")
        @CsvSource(textBlock = """
                ENFORCE , realm         , acme.com , okta
                ENFORCE , realm         , other.com, okta
                ENFORCE , linked        , acme.com , ''
                ENFORCE , domains       , acme.com , okta
                ENFORCE , domains       , corp.com , entra
                ENFORCE , domains       , other.com, ''
                ENFORCE , domains       , eu.corp.com, ''
                ENFORCE , realm domains , corp.com , entra
                REPORT  , realm         , acme.com , ''
                REPORT  , domains       , corp.com , ''
                OFF     , realm         , acme.com , ''
                """)
        @DisplayName("is sent to the providers of its domain")
        void byDomain(Mode mode, String scopes, String domain, String providers) {
            assertThat(String.join(" ", policy(mode, scopes).providersFor(domain, Optional.empty())))
                    .isEqualTo(providers);
        }

        @ParameterizedTest(name = "{0} {1}, organization {2}: {3}")
        @CsvSource(textBlock = """
                ENFORCE , organizations       , ENFORCE, globex
                ENFORCE , organizations       , REPORT , ''
                REPORT  , organizations       , ENFORCE, ''
                ENFORCE , realm               , ENFORCE, okta
                ENFORCE , realm organizations , ENFORCE, globex
                ENFORCE , realm organizations , REPORT , okta
                """)
        @DisplayName("is sent to the providers of the organization that owns the domain")
        void byOrganization(Mode mode, String scopes, Mode theirs, String providers) {
            EnforcedOrganization owner = new EnforcedOrganization("globex", theirs, List.of("globex"));

            assertThat(String.join(" ", policy(mode, scopes).providersFor("globex.com", Optional.of(owner))))
                    .isEqualTo(providers);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Nina@ACME.com, acme.com",
        "a@b@acme.com, acme.com",
        "nina@müller.de, xn--mller-kva.de",
        "nina, ''",
        "@acme.com, ''",
        "nina@, ''",
        "nina@localhost, ''",
        "nina@acme..com, ''",
        "nina@*.acme.com, ''",
    })
    @DisplayName("the domain of an address is read in lower case and ASCII, and of nothing else")
    void domainOfAnAddress(String address, String domain) {
        assertThat(EnforcedDomain.ofAddress(address).orElse("")).isEqualTo(domain);
    }

    private static SsoPolicy policy(Mode mode, String scopes) {
        boolean allowedOnly = scopes.contains("-with-allowed");
        Set<Scope> within = Arrays.stream(scopes.replace("-with-allowed", "").split(" "))
                .map(word -> Scope.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
        return new SsoPolicy(mode, List.of("okta"), false)
                .within(within, allowedOnly ? DOMAINS.subList(0, 1) : DOMAINS)
                .except(Set.of("legacy-cli"), true);
    }

    private static Evidence evidence(String word) {
        return switch (word) {
            case "okta", "entra", "social", "globex", "initech" -> new Evidence.Brokered(word);
            case "impersonation" -> new Evidence.Impersonated("admin");
            default -> new Evidence.Local(word);
        };
    }

    private static String words(Decision decision) {
        if (decision instanceof Allow allow) {
            return "allow " + allow.grounds().name().toLowerCase(Locale.ROOT);
        }
        Refuse refusal = decision instanceof Report report ? report.refusal() : (Refuse) decision;
        Reason reason = refusal.reason();
        return ((decision instanceof Report ? "report " : "refuse ") + reason.code() + " "
                        + String.join(" ", refusal.providers()))
                .strip();
    }

    /** A person described by words, who remembers what he was asked. */
    private static final class Someone implements Subject {

        private final Set<String> is;
        private final Set<String> asked = new HashSet<>();

        Someone(String words) {
            this.is = Set.of(words.split(" "));
        }

        @Override
        public boolean person() {
            return !is.contains("service-account");
        }

        @Override
        public boolean exempt() {
            asked.add("exempt");
            return is.contains("exempt");
        }

        @Override
        public Optional<String> client() {
            asked.add("client");
            return Optional.of(is.contains("excepted") ? "legacy-cli" : "app");
        }

        @Override
        public List<String> domains() {
            asked.add("domains");
            if (is.contains("nobody")) {
                return List.of();
            }
            return is.contains("by-user-name")
                    ? List.of("private.test", "corp.com")
                    : List.of(is.contains("acme") ? "acme.com" : is.contains("corp") ? "corp.com" : "private.test");
        }

        @Override
        public List<EnforcedOrganization> organizations() {
            asked.add("organizations");
            return List.of(
                            new EnforcedOrganization("member", Mode.ENFORCE, List.of("globex")),
                            new EnforcedOrganization("reported", Mode.REPORT, List.of("initech")),
                            new EnforcedOrganization("orphan", Mode.ENFORCE, List.of()))
                    .stream()
                    .filter(organization -> is.contains(organization.alias()))
                    .toList();
        }

        @Override
        public boolean linkedTo(Collection<String> providers) {
            asked.add("linked");
            return is.contains("linked") && providers.contains("okta");
        }
    }
}
