package io.github.enterprisesso.sso.doctor;

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
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Realm;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.RemovedProvider;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ScimConnection;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Use;
import io.github.enterprisesso.sso.policy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A realm in which nothing is wrong, until a test changes one fact of it. */
final class SnapshotBuilder {

    Policy policy = new Policy(Mode.ENFORCE, List.of(), List.of("okta"), List.of(), false);
    Gates gates = new Gates(true, true, true);
    Action action = new Action(true, true, true);
    List<Flow> flows = new ArrayList<>(List.of(
            new Flow(Use.BROWSER, "browser", Optional.empty(), false),
            new Flow(Use.DIRECT_GRANT, "direct grant", Optional.empty(), true),
            new Flow(Use.RESET_CREDENTIALS, "reset credentials", Optional.empty(), true),
            new Flow(Use.REGISTRATION, "registration", Optional.empty(), false)));
    List<Provider> providers = new ArrayList<>(List.of(new ProviderBuilder("okta").build()));
    List<RemovedProvider> removedProviders = new ArrayList<>();
    List<ScimConnection> scimConnections = new ArrayList<>();
    List<String> exemptingFederations = new ArrayList<>();
    ExemptRole exemptRole = new ExemptRole("sso-exempt", true, false, List.of(), List.of(), List.of(), List.of());
    List<Administrator> administrators =
            new ArrayList<>(List.of(new Administrator("ann", true, true), new Administrator("ben", true, true)));
    Exemptions exemptions = new Exemptions(0, 0);
    boolean administration;
    boolean registrationAllowed;
    boolean resetPasswordAllowed = true;
    boolean resetKeepsSecondFactor = true;
    boolean emailEditable = true;
    boolean bruteForceProtected = true;
    boolean eventsStored = true;
    boolean docker;
    boolean credentialOffers;
    boolean impersonation;
    boolean legacyTokenExchange;
    List<String> exchangingClients = List.of();
    Duration accessTokenLifespan = Duration.ofMinutes(5);

    /** In place of the usual provider. */
    void provider(ProviderBuilder provider) {
        providers.clear();
        providers.add(provider.build());
    }

    void flow(Use use, boolean gated) {
        flows.removeIf(flow -> flow.use() == use);
        flows.add(new Flow(use, use.name(), Optional.empty(), gated));
    }

    RealmSnapshot build() {
        return new RealmSnapshot(
                policy,
                gates,
                action,
                flows,
                providers,
                removedProviders,
                scimConnections,
                exemptingFederations,
                exemptRole,
                administrators,
                exemptions,
                new Realm(
                        administration,
                        registrationAllowed,
                        resetPasswordAllowed,
                        resetKeepsSecondFactor,
                        emailEditable,
                        bruteForceProtected,
                        eventsStored,
                        docker,
                        credentialOffers,
                        impersonation,
                        legacyTokenExchange,
                        exchangingClients,
                        accessTokenLifespan));
    }

    /** An allowed provider that works. */
    static final class ProviderBuilder {

        private final String alias;
        boolean allowed = true;
        boolean exists = true;
        boolean enabled = true;
        boolean linkOnly;
        Set<String> domains = Set.of();
        boolean signed = true;
        boolean gatedFirstLogin;
        Probe probe = new Probe(Probe.State.REACHED, "https://okta.test/keys answers 200");
        Optional<Instant> lastLogin = Optional.of(Instant.EPOCH);
        Mapping mapping = Mapping.PLAIN;
        Addresses addresses = new Addresses(
                "https://kc.test/realms/acme/broker/okta/endpoint",
                Optional.empty(),
                "https://kc.test/realms/acme/account?kc_idp_hint=okta");

        ProviderBuilder(String alias) {
            this.alias = alias;
        }

        Provider build() {
            return new Provider(
                    alias,
                    allowed,
                    exists,
                    enabled,
                    linkOnly,
                    domains,
                    signed,
                    gatedFirstLogin,
                    probe,
                    lastLogin,
                    mapping,
                    addresses);
        }
    }
}
