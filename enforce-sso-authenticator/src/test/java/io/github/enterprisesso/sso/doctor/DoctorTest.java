package io.github.enterprisesso.sso.doctor;

import static io.github.enterprisesso.sso.doctor.Finding.Status.FAIL;
import static io.github.enterprisesso.sso.doctor.Finding.Status.INFO;
import static io.github.enterprisesso.sso.doctor.Finding.Status.PASS;
import static io.github.enterprisesso.sso.doctor.Finding.Status.WARN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.enterprisesso.sso.doctor.Finding.Status;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Action;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Addresses;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Administrator;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ExemptRole;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Exemptions;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Flow;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Gates;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Mapping;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Policy;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Probe;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Provider;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.RemovedProvider;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ScimConnection;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Use;
import io.github.enterprisesso.sso.doctor.SnapshotBuilder.ProviderBuilder;
import io.github.enterprisesso.sso.policy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** ADM-9: one fact at a time is changed in a realm where nothing is wrong. */
class DoctorTest {

    @Test
    @DisplayName("where nothing is wrong nothing is to be done")
    void healthy() {
        assertThat(Doctor.examine(new SnapshotBuilder().build()))
                .hasSizeGreaterThan(25)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as("%s", finding).isIn(PASS, INFO))
                .allSatisfy(finding -> assertThat(finding.fix()).isEmpty());
    }

    @ParameterizedTest(name = "{0}: {1} when {2}")
    @MethodSource("faults")
    @DisplayName("a fault is found by its check, with what is wrong and what to do, and by no other")
    void isFound(String check, Status status, String when, String word, Consumer<SnapshotBuilder> change) {
        SnapshotBuilder realm = new SnapshotBuilder();
        change.accept(realm);

        List<Finding> findings = Doctor.examine(realm.build());

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.status()).isEqualTo(status);
            assertThat(finding.message()).contains(word);
            assertThat(finding.fix().isEmpty()).isEqualTo(status == PASS || status == INFO);
        });
        assertThat(findings)
                .filteredOn(finding -> finding.status() == WARN || finding.status() == FAIL)
                .extracting(Finding::check)
                .as("only this check complains")
                .isSubsetOf(check);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        "kill-switch",
                        FAIL,
                        "the kill switch is on",
                        "every realm",
                        r -> r.gates = new Gates(false, true, true)),
                fault(
                        "output-gates",
                        FAIL,
                        "the token gate is missing",
                        "tokens",
                        r -> r.gates = new Gates(true, false, true)),
                fault(
                        "output-gates",
                        FAIL,
                        "the SAML gate is missing",
                        "SAML",
                        r -> r.gates = new Gates(true, true, false)),
                fault("mode", WARN, "OFF", "OFF", r -> r.policy = policy(Mode.OFF)),
                fault("mode", WARN, "REPORT", "REPORT", r -> r.policy = policy(Mode.REPORT)),
                fault(
                        "policy",
                        FAIL,
                        "it cannot be read",
                        "no mode",
                        r -> r.policy =
                                new Policy(Mode.ENFORCE, List.of("'X' is no mode"), List.of("okta"), List.of(), false)),
                fault(
                        "required-action",
                        FAIL,
                        "it is not registered",
                        "not registered",
                        r -> r.action = new Action(false, false, false)),
                fault(
                        "required-action",
                        FAIL,
                        "it is disabled",
                        "disabled",
                        r -> r.action = new Action(true, false, true)),
                fault(
                        "required-action-first",
                        WARN,
                        "another comes first",
                        "new password",
                        r -> r.action = new Action(true, true, false)),
                provider("provider-enabled", FAIL, "the provider does not exist", "'okta'", p -> p.exists = false),
                provider("provider-enabled", FAIL, "the provider is disabled", "disabled", p -> p.enabled = false),
                provider("provider-enabled", FAIL, "it is for linking only", "linking", p -> p.linkOnly = true),
                provider(
                        "provider-reachable",
                        FAIL,
                        "it does not answer",
                        "answers 503",
                        p -> p.probe = new Probe(Probe.State.FAILED, "https://okta.test/keys answers 503")),
                provider(
                        "provider-reachable",
                        INFO,
                        "it was not asked",
                        "not asked",
                        p -> p.probe = new Probe(Probe.State.NOT_ASKED, "")),
                provider(
                        "provider-reachable",
                        INFO,
                        "it has no address",
                        "no address",
                        p -> p.probe = new Probe(Probe.State.NO_ADDRESS, "")),
                provider(
                        "provider-used",
                        FAIL,
                        "CON-13 nobody has signed in with it",
                        "Nobody",
                        p -> p.lastLogin = Optional.empty()),
                provider(
                        "provider-signature",
                        WARN,
                        "it is believed unsigned",
                        "without a signature",
                        p -> p.signed = false),
                provider(
                        "provider-claims",
                        WARN,
                        "CON-3 it does not bring the address",
                        "email",
                        p -> p.mapping = new Mapping(List.of("email"), List.of(), List.of(), List.of(), List.of())),
                provider(
                        "provider-groups",
                        WARN,
                        "CON-9 a mapper's group is gone",
                        "newcomers",
                        p -> p.mapping = new Mapping(List.of(), List.of(), List.of(), List.of("newcomers"), List.of())),
                provider(
                        "provider-group-claim",
                        INFO,
                        "CON-15 a mapper reads groups at login",
                        "150",
                        p -> p.mapping = new Mapping(List.of(), List.of(), List.of(), List.of(), List.of("teams"))),
                provider(
                        "provider-addresses",
                        INFO,
                        "CON-2 CON-10 it is OpenID Connect",
                        "Redirect URI of 'okta' is https://kc.test/realms/acme/broker/okta/endpoint; straight to it leads"
                                + " https://kc.test/realms/acme/account?kc_idp_hint=okta",
                        p -> {}),
                provider(
                        "provider-addresses",
                        INFO,
                        "CON-2 CON-8 it is SAML",
                        "entity ID here https://kc.test/realms/acme, metadata https://kc.test/acs/descriptor",
                        p -> p.addresses =
                                new Addresses("https://kc.test/acs", Optional.of("https://kc.test/realms/acme"), "")),
                provider("provider-speaks-for", INFO, "CON-6 it speaks for everybody", "anybody", p -> {}),
                provider(
                        "provider-speaks-for",
                        PASS,
                        "CON-6 it has a domain",
                        "acme.test",
                        p -> p.domains = Set.of("acme.test")),
                fault(
                        "provider-domains",
                        WARN,
                        "CON-11 two providers cover one domain",
                        "acme.test (entra, okta)",
                        r -> {
                            r.providers.clear();
                            r.providers.add(provider("entra", p -> p.domains = Set.of("acme.test"))
                                    .build());
                            r.providers.add(provider("okta", p -> p.domains = Set.of("acme.test", "b.test"))
                                    .build());
                        }),
                fault(
                        "removed-providers",
                        INFO,
                        "CON-16 a provider was removed while its sessions live",
                        "are refused when they are used",
                        r -> r.removedProviders.add(removed("entra"))),
                fault(
                        "scim-connections",
                        PASS,
                        "CON-14 the provider of a connection works",
                        "every SCIM connection",
                        r -> r.scimConnections.add(new ScimConnection("directory", "okta"))),
                fault(
                        "scim-connections",
                        WARN,
                        "CON-14 the provider of a connection does not exist",
                        "'sales' provisions people who cannot sign in: there is no enabled provider 'entra'",
                        r -> r.scimConnections.add(new ScimConnection("sales", "entra"))),
                fault("scim-connections", WARN, "CON-14 the provider of a connection is disabled", "'sales'", r -> {
                    r.scimConnections.add(new ScimConnection("sales", "entra"));
                    r.providers.add(social("entra", p -> p.enabled = false));
                }),
                fault(
                        "scim-connections",
                        WARN,
                        "CON-14 the provider of a connection is for linking only",
                        "'sales'",
                        r -> {
                            r.scimConnections.add(new ScimConnection("sales", "entra"));
                            r.providers.add(social("entra", p -> p.linkOnly = true));
                        }),
                fault(
                        "other-providers",
                        WARN,
                        "ENF-16 a social provider is enabled",
                        "'google' is a social login",
                        r -> r.providers.add(
                                provider("google", p -> p.allowed = false).build())),
                fault(
                        "other-providers",
                        PASS,
                        "its first login is gated",
                        "'google'",
                        r -> r.providers.add(provider("google", p -> {
                                    p.allowed = false;
                                    p.gatedFirstLogin = true;
                                })
                                .build())),
                provider(
                        "session-notes",
                        FAIL,
                        "a mapper writes the gates' notes",
                        "'liar' of 'okta'",
                        p -> p.mapping = new Mapping(List.of(), List.of(), List.of("liar"), List.of(), List.of())),
                provider(
                        "exempt-role-mappers",
                        FAIL,
                        "EXM-4 a mapper exempts",
                        "'giver' of 'okta'",
                        p -> p.mapping = new Mapping(List.of(), List.of("giver"), List.of(), List.of(), List.of())),
                fault(
                        "exempt-role-mappers",
                        FAIL,
                        "EXM-4 a mapper of a user federation exempts",
                        "'night shift' of a user federation",
                        r -> r.exemptingFederations.add("night shift")),
                fault("exempt-administrators", FAIL, "nobody is exempt", "No enabled", r -> r.administrators.clear()),
                fault("exempt-administrators", FAIL, "none can sign in by himself", "No exempt", r -> {
                    r.administrators.clear();
                    r.administrators.add(new Administrator("ann", false, false));
                }),
                fault("exempt-administrators", WARN, "there is one only", "Only ann", r -> r.administrators.remove(1)),
                fault(
                        "exempt-second-factor",
                        WARN,
                        "ENF-7 EXM-7 one has a password alone",
                        "accounts of ann",
                        r -> r.administrators.set(0, new Administrator("ann", true, false))),
                fault(
                        "exempt-role",
                        WARN,
                        "the role is missing",
                        "no realm role",
                        r -> r.exemptRole = role(false, false)),
                fault("exempt-role", FAIL, "everybody has it", "default roles", r -> r.exemptRole = role(true, true)),
                fault(
                        "exempt-role",
                        FAIL,
                        "a default group gives it",
                        "/all",
                        r -> r.exemptRole = new ExemptRole(
                                "sso-exempt", true, false, List.of(), List.of(), List.of("/all"), List.of())),
                fault(
                        "exempt-role-composites",
                        WARN,
                        "another role contains it",
                        "night-shift",
                        r -> r.exemptRole = new ExemptRole(
                                "sso-exempt", true, false, List.of("night-shift"), List.of(), List.of(), List.of())),
                fault(
                        "exempt-role-groups",
                        WARN,
                        "a group gives it",
                        "/crisis",
                        r -> r.exemptRole = new ExemptRole(
                                "sso-exempt", true, false, List.of(), List.of("/crisis"), List.of(), List.of())),
                fault(
                        "exempt-role-groups",
                        FAIL,
                        "EXM-4 a pushed group gives it",
                        "/okta/crisis",
                        r -> r.exemptRole = new ExemptRole(
                                "sso-exempt",
                                true,
                                false,
                                List.of(),
                                List.of("/okta/crisis"),
                                List.of(),
                                List.of("/okta/crisis"))),
                fault(
                        "exemptions",
                        WARN,
                        "EXM-5 some have ended",
                        "2 exemptions",
                        r -> r.exemptions = new Exemptions(2, 0)),
                fault("exemptions", INFO, "some have no end", "3 exemptions", r -> r.exemptions = new Exemptions(0, 3)),
                fault(
                        "direct-grant",
                        INFO,
                        "route 11 the flow is not gated",
                        "token gate",
                        r -> r.flow(Use.DIRECT_GRANT, false)),
                fault(
                        "reset-credentials",
                        WARN,
                        "route 8 the flow is not gated",
                        "mail",
                        r -> r.flow(Use.RESET_CREDENTIALS, false)),
                fault("reset-credentials", PASS, "'forgot password' is off", "off", r -> {
                    r.flow(Use.RESET_CREDENTIALS, false);
                    r.resetPasswordAllowed = false;
                }),
                fault(
                        "reset-second-factor",
                        WARN,
                        "ENF-7 EXM-7 the mail of 'forgot password' is enough",
                        "without the second factor",
                        r -> r.resetKeepsSecondFactor = false),
                fault("reset-second-factor", PASS, "ENF-7 'forgot password' is off", "No mail", r -> {
                    r.resetKeepsSecondFactor = false;
                    r.resetPasswordAllowed = false;
                }),
                fault(
                        "registration",
                        WARN,
                        "route 10, ENF-5 people can register",
                        "is taken back",
                        r -> r.registrationAllowed = true),
                fault("registration", PASS, "route 10 the flow is gated", "refuses", r -> {
                    r.registrationAllowed = true;
                    r.flow(Use.REGISTRATION, true);
                }),
                fault(
                        "client-flows",
                        INFO,
                        "route 12 a client has a flow of its own",
                        "app",
                        r -> r.flows.add(new Flow(Use.BROWSER, "own", Optional.of("app"), false))),
                fault(
                        "client-flows",
                        PASS,
                        "route 12 that flow is gated",
                        "No client",
                        r -> r.flows.add(new Flow(Use.BROWSER, "own", Optional.of("app"), true))),
                fault(
                        "editable-email",
                        FAIL,
                        "ENF-15 people can leave the domain",
                        "own address",
                        r -> r.policy =
                                new Policy(Mode.ENFORCE, List.of(), List.of("okta"), List.of("acme.test"), false)),
                fault(
                        "editable-email",
                        WARN,
                        "ENF-15 people can leave the domain, but not once they are linked",
                        "until their first login",
                        r -> r.policy =
                                new Policy(Mode.ENFORCE, List.of(), List.of("okta"), List.of("acme.test"), true)),
                fault("editable-email", PASS, "ENF-15 only administrators change addresses", "Nobody", r -> {
                    r.policy = new Policy(Mode.ENFORCE, List.of(), List.of("okta"), List.of("acme.test"), false);
                    r.emailEditable = false;
                }),
                fault("credential-offers", INFO, "route 22 they are on", "OID4VCI", r -> r.credentialOffers = true),
                fault("docker", WARN, "route 25 it is on", "Docker", r -> r.docker = true),
                fault(
                        "token-exchange",
                        WARN,
                        "route 18 the legacy one is on",
                        "Legacy",
                        r -> r.legacyTokenExchange = true),
                fault(
                        "token-exchange",
                        INFO,
                        "route 17 clients may",
                        "billing",
                        r -> r.exchangingClients = List.of("billing")),
                fault("impersonation", INFO, "ADM-10 it is on", "IMPERSONATE", r -> r.impersonation = true),
                fault("issued-tokens", INFO, "route 29 tokens are short", "5 minutes", r -> {}),
                fault(
                        "issued-tokens",
                        WARN,
                        "route 29 tokens are long",
                        "90 minutes",
                        r -> r.accessTokenLifespan = Duration.ofMinutes(90)),
                fault("brute-force", WARN, "it is off", "guessing", r -> r.bruteForceProtected = false),
                fault("events", WARN, "none are stored", "LOGIN_ERROR", r -> r.eventsStored = false),
                fault(
                        "administration-realm",
                        WARN,
                        "it is enforced",
                        "administers the server",
                        r -> r.administration = true));
    }

    @Test
    @DisplayName("every check can complain or has something to tell: none is for show")
    void everyCheckIsInTheTable() {
        Set<String> checks = Doctor.examine(new SnapshotBuilder().build()).stream()
                .map(Finding::check)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> complaining = faults().filter(fault -> fault.get()[1] != PASS)
                .map(fault -> (String) fault.get()[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(complaining).isEqualTo(checks);
    }

    @Test
    @DisplayName("what locks people out under ENFORCE is a warning before it is on")
    void beforeEnforce() {
        SnapshotBuilder realm = new SnapshotBuilder();
        realm.policy = policy(Mode.REPORT);
        realm.action = new Action(true, false, true);
        realm.provider(provider("okta", p -> p.lastLogin = Optional.empty()));

        assertThat(Doctor.examine(realm.build()))
                .filteredOn(
                        finding -> Set.of("required-action", "provider-used").contains(finding.check()))
                .extracting(Finding::status)
                .containsExactly(WARN, WARN);
    }

    @Test
    @DisplayName("CON-16 before ENFORCE sessions of a removed provider live on, and that is a warning")
    void removedBeforeEnforce() {
        SnapshotBuilder realm = new SnapshotBuilder();
        realm.policy = policy(Mode.REPORT);
        realm.removedProviders.add(removed("entra"));

        assertThat(Doctor.examine(realm.build()))
                .filteredOn(finding -> finding.check().equals("removed-providers"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.status()).isEqualTo(WARN))
                .satisfies(finding -> assertThat(finding.message())
                        .contains("'entra' was removed", "1970-01-01T00:00:00Z", "1970-01-01T10:00:00Z"));
    }

    @Test
    @DisplayName("ENF-5 ENF-16 without the required action what a refused login made stays, and the doctor says so")
    void withoutTheAction() {
        SnapshotBuilder realm = new SnapshotBuilder();
        realm.action = new Action(true, false, true);
        realm.registrationAllowed = true;
        realm.providers.add(provider("google", p -> p.allowed = false).build());

        assertThat(Doctor.examine(realm.build()))
                .filteredOn(finding -> Set.of("registration", "other-providers").contains(finding.check()))
                .extracting(Finding::message)
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).endsWith("stays"));
    }

    @Test
    @DisplayName("a provider that does not exist has no addresses to copy")
    void noAddresses() {
        SnapshotBuilder realm = new SnapshotBuilder();
        realm.provider(provider("okta", p -> {
            p.exists = false;
            p.addresses = Addresses.NONE;
        }));

        assertThat(Doctor.examine(realm.build()))
                .filteredOn(finding -> finding.check().equals("provider-addresses"))
                .extracting(Finding::message)
                .containsExactly("There is no provider 'okta'");
    }

    @Test
    @DisplayName("there is a finding for each allowed provider")
    void eachProvider() {
        SnapshotBuilder realm = new SnapshotBuilder();
        realm.providers =
                new ArrayList<>(List.of(new ProviderBuilder("okta").build(), new ProviderBuilder("entra").build()));

        assertThat(Doctor.examine(realm.build()))
                .filteredOn(finding -> finding.check().equals("provider-used"))
                .extracting(Finding::message)
                .satisfiesExactly(
                        first -> assertThat(first).contains("'okta'"),
                        second -> assertThat(second).contains("'entra'"));
    }

    private static Arguments fault(
            String check, Status status, String when, String word, Consumer<SnapshotBuilder> change) {
        return arguments(check, status, when, word, change);
    }

    private static Arguments provider(
            String check, Status status, String when, String word, Consumer<ProviderBuilder> change) {
        Consumer<SnapshotBuilder> ofRealm = realm -> realm.provider(provider("okta", change));
        return arguments(check, status, when, word, ofRealm);
    }

    private static ProviderBuilder provider(String alias, Consumer<ProviderBuilder> change) {
        ProviderBuilder provider = new ProviderBuilder(alias);
        change.accept(provider);
        return provider;
    }

    private static Provider social(String alias, Consumer<ProviderBuilder> change) {
        return provider(alias, change.andThen(provider -> provider.allowed = false))
                .build();
    }

    private static RemovedProvider removed(String alias) {
        return new RemovedProvider(alias, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofHours(10)));
    }

    private static Policy policy(Mode mode) {
        return new Policy(mode, List.of(), List.of("okta"), List.of(), false);
    }

    private static ExemptRole role(boolean exists, boolean everybody) {
        return new ExemptRole("sso-exempt", exists, everybody, List.of(), List.of(), List.of(), List.of());
    }
}
