package io.github.enterprisesso.sso.doctor;

import io.github.enterprisesso.sso.policy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A realm as the checks look at it: nothing but facts, taken at one moment.
 *
 * @param exemptingFederations names of mappers of user federations that give the exempt role to everybody whom they bring
 */
public record RealmSnapshot(
        Policy policy,
        Gates gates,
        Action action,
        List<Flow> flows,
        List<Provider> providers,
        List<RemovedProvider> removedProviders,
        List<ScimConnection> scimConnections,
        List<String> exemptingFederations,
        ExemptRole exemptRole,
        List<Administrator> administrators,
        Exemptions exemptions,
        Realm realm) {

    public RealmSnapshot {
        flows = List.copyOf(flows);
        providers = List.copyOf(providers);
        removedProviders = List.copyOf(removedProviders);
        scimConnections = List.copyOf(scimConnections);
        exemptingFederations = List.copyOf(exemptingFederations);
        administrators = List.copyOf(administrators);
    }

    boolean enforcing() {
        return policy.mode() == Mode.ENFORCE;
    }

    /** True if what a refused login has made on its way is taken back: the required action does that. */
    boolean takesBack() {
        return action.registered() && action.enabled();
    }

    /**
     * The policy as it acts.
     *
     * @param complaints what keeps it from being saved or read as it is stored
     * @param allowedProviders aliases, also of providers that do not exist
     * @param domains e-mail domains that it is limited to; empty if it is not
     * @param linked true if it also holds whoever is linked to an allowed provider
     */
    public record Policy(
            Mode mode, List<String> complaints, List<String> allowedProviders, List<String> domains, boolean linked) {
        public Policy {
            complaints = List.copyOf(complaints);
            allowedProviders = List.copyOf(allowedProviders);
            domains = List.copyOf(domains);
        }
    }

    /**
     * The parts that do not depend on a flow.
     *
     * @param on false while the server runs with the kill switch
     */
    public record Gates(boolean on, boolean token, boolean saml) {}

    /** @param first true if no other required action comes before it */
    public record Action(boolean registered, boolean enabled, boolean first) {}

    /**
     * A flow that people can come through.
     *
     * @param alias of the flow
     * @param client id of the client whose override leads here, empty for a flow of the whole realm
     * @param gated true if the authenticator is in it and not disabled
     */
    public record Flow(Use use, String alias, Optional<String> client, boolean gated) {}

    /** What a flow is bound to. */
    public enum Use {
        BROWSER,
        DIRECT_GRANT,
        RESET_CREDENTIALS,
        REGISTRATION
    }

    /**
     * An identity provider that people can sign in with, or one that the policy names.
     *
     * @param exists false if the policy names it and the realm has none
     * @param domains e-mail domains that it answers for, lower case
     * @param signed false if its answers are believed without a signature
     * @param gatedFirstLogin true if the authenticator is in its first-login or post-login flow
     * @param lastLogin the last time that somebody signed in with it
     */
    public record Provider(
            String alias,
            boolean allowed,
            boolean exists,
            boolean enabled,
            boolean linkOnly,
            Set<String> domains,
            boolean signed,
            boolean gatedFirstLogin,
            Probe probe,
            Optional<Instant> lastLogin,
            Mapping mapping,
            Addresses addresses) {
        public Provider {
            domains = Set.copyOf(domains);
        }
    }

    /**
     * A provider that people have signed in with, and that is gone.
     *
     * @param lastLogin the last time that somebody signed in with it
     * @param sessionsUntil when the last session that it began ends by itself, an offline one if nobody uses it
     */
    public record RemovedProvider(String alias, Instant lastLogin, Instant sessionsUntil) {}

    /**
     * A SCIM connection.
     *
     * @param provider alias of the provider that its people sign in with; there need not be one
     */
    public record ScimConnection(String name, String provider) {}

    /**
     * What the provider's administrator is told, and how people come straight to it.
     *
     * @param endpoint the redirect URI of OpenID Connect, the assertion consumer service of SAML
     * @param entityId of this realm as a SAML service provider; empty for OpenID Connect
     * @param straight starts a login at the provider
     */
    public record Addresses(String endpoint, Optional<String> entityId, String straight) {

        /** Of a provider that does not exist. */
        public static final Addresses NONE = new Addresses("", Optional.empty(), "");
    }

    /**
     * What a provider's answer becomes.
     *
     * @param missing attributes of a user that it does not bring: some of {@code firstName}, {@code lastName}, {@code email}
     * @param exempting names of its mappers that give the exempt role
     * @param forging names of its mappers that write the session notes which the gates trust
     * @param groupless names of its mappers whose group does not exist
     * @param groups names of its mappers that read groups at login
     */
    public record Mapping(
            List<String> missing,
            List<String> exempting,
            List<String> forging,
            List<String> groupless,
            List<String> groups) {

        /** Of a provider without mappers that brings everything. */
        public static final Mapping PLAIN = new Mapping(List.of(), List.of(), List.of(), List.of(), List.of());

        public Mapping {
            missing = List.copyOf(missing);
            exempting = List.copyOf(exempting);
            forging = List.copyOf(forging);
            groupless = List.copyOf(groupless);
            groups = List.copyOf(groups);
        }
    }

    /**
     * What became of a request to the provider.
     *
     * @param detail the address that was asked, and what went wrong if anything did
     */
    public record Probe(State state, String detail) {

        /** What came of it. */
        public enum State {
            NOT_ASKED,
            NO_ADDRESS,
            REACHED,
            FAILED
        }
    }

    /**
     * Who gets the exempt role without an administrator giving it to him.
     *
     * @param everybody true if it is or is in the realm's default role
     * @param composites names of other roles that contain it
     * @param groups paths of groups that give it
     * @param defaultGroups paths of those among them that every new user joins
     * @param pushedGroups paths of those among them whose members come from outside
     */
    public record ExemptRole(
            String name,
            boolean exists,
            boolean everybody,
            List<String> composites,
            List<String> groups,
            List<String> defaultGroups,
            List<String> pushedGroups) {
        public ExemptRole {
            composites = List.copyOf(composites);
            groups = List.copyOf(groups);
            defaultGroups = List.copyOf(defaultGroups);
            pushedGroups = List.copyOf(pushedGroups);
        }
    }

    /**
     * An enabled administrator of the realm who is exempt without an end.
     *
     * @param local true if he has a credential that the realm can check without any identity provider
     * @param secondFactor true if he has more than a password: a one-time code or a security key
     */
    public record Administrator(String username, boolean local, boolean secondFactor) {}

    /**
     * Exemptions with terms.
     *
     * @param expired how many have ended and are still on record
     * @param endless how many have no end
     */
    public record Exemptions(long expired, long endless) {}

    /**
     * Settings of Keycloak that matter here.
     *
     * @param administration true for the realm that administers the server
     * @param resetKeepsSecondFactor true if "forgot password" ends without a session and without a new authenticator app
     * @param emailEditable true if people may change their own e-mail address
     * @param credentialOffers true if people can get pre-authorized codes for verifiable credentials (OID4VCI)
     * @param exchangingClients ids of clients that may exchange tokens
     */
    public record Realm(
            boolean administration,
            boolean registrationAllowed,
            boolean resetPasswordAllowed,
            boolean resetKeepsSecondFactor,
            boolean emailEditable,
            boolean bruteForceProtected,
            boolean eventsStored,
            boolean docker,
            boolean credentialOffers,
            boolean impersonation,
            boolean legacyTokenExchange,
            List<String> exchangingClients,
            Duration accessTokenLifespan) {
        public Realm {
            exchangingClients = List.copyOf(exchangingClients);
        }
    }
}
