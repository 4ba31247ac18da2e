package io.github.enterprisesso.sso.doctor;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Addresses;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Provider;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.RemovedProvider;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ScimConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether the allowed providers work, and what the others can do. */
final class ProviderChecks {

    private ProviderChecks() {}

    static Stream<Finding> of(RealmSnapshot realm) {
        return Stream.of(
                        each(realm, "provider-enabled", ProviderChecks::enabled),
                        each(realm, "provider-reachable", ProviderChecks::reachable),
                        each(realm, "provider-used", provider -> used(provider, realm.enforcing())),
                        each(realm, "provider-signature", ProviderChecks::signature),
                        each(realm, "provider-claims", ProviderChecks::claims),
                        each(realm, "provider-groups", ProviderChecks::groups),
                        each(realm, "provider-group-claim", ProviderChecks::groupClaim),
                        each(realm, "provider-addresses", ProviderChecks::addresses),
                        each(realm, "provider-speaks-for", ProviderChecks::speaksFor),
                        Stream.of(domains(realm)),
                        removed(realm),
                        connections(realm),
                        others(realm),
                        Stream.of(sessionNotes(realm)))
                .flatMap(findings -> findings);
    }

    private static Stream<Finding> each(RealmSnapshot realm, String check, Function<Provider, Finding> examine) {
        List<Provider> allowed = allowed(realm);
        return allowed.isEmpty()
                ? Stream.of(Finding.info(check, "The policy names no provider"))
                : allowed.stream().map(examine);
    }

    private static List<Provider> allowed(RealmSnapshot realm) {
        return realm.providers().stream().filter(Provider::allowed).toList();
    }

    private static Finding enabled(Provider provider) {
        String alias = provider.alias();
        if (!provider.exists()) {
            return Finding.fail(
                    "provider-enabled",
                    "The policy names '%s', and there is no such provider".formatted(alias),
                    "Create the provider, or take it out of the policy");
        }
        if (!provider.enabled()) {
            return Finding.fail(
                    "provider-enabled",
                    "The provider '%s' is disabled: only exempt people can sign in in its place".formatted(alias),
                    "Enable it, or take it out of the policy");
        }
        return provider.linkOnly()
                ? Finding.fail(
                        "provider-enabled",
                        "The provider '%s' is for account linking only".formatted(alias),
                        "Switch its option 'Account linking only' off")
                : Finding.pass("provider-enabled", "The provider '%s' is enabled".formatted(alias));
    }

    private static Finding reachable(Provider provider) {
        String detail = provider.probe().detail();
        return switch (provider.probe().state()) {
            case NOT_ASKED -> Finding.info("provider-reachable", "'%s' was not asked".formatted(provider.alias()));
            case NO_ADDRESS ->
                Finding.info("provider-reachable", "'%s' has no address to ask".formatted(provider.alias()));
            case REACHED -> Finding.pass("provider-reachable", "'%s': %s".formatted(provider.alias(), detail));
            case FAILED ->
                Finding.fail(
                        "provider-reachable",
                        "'%s': %s".formatted(provider.alias(), detail),
                        "Check the address in the provider's settings, the network and the certificate");
        };
    }

    /** CON-13: who switches over before one login worked locks people out. */
    private static Finding used(Provider provider, boolean enforcing) {
        if (provider.lastLogin().isPresent()) {
            return Finding.pass(
                    "provider-used",
                    "Somebody signed in with '%s' at %s"
                            .formatted(provider.alias(), provider.lastLogin().get()));
        }
        String message = "Nobody has signed in with '%s' yet".formatted(provider.alias());
        String fix = "Sign in with it yourself, in another browser, before you enforce it";
        return enforcing ? Finding.fail("provider-used", message, fix) : Finding.warn("provider-used", message, fix);
    }

    private static Finding signature(Provider provider) {
        return provider.signed()
                ? Finding.pass("provider-signature", "Answers of '%s' are signed".formatted(provider.alias()))
                : Finding.warn(
                        "provider-signature",
                        "Answers of '%s' are believed without a signature".formatted(provider.alias()),
                        "Switch 'Validate signatures' on in its settings");
    }

    /** CON-3, CON-4. */
    private static Finding claims(Provider provider) {
        List<String> missing = provider.mapping().missing();
        return missing.isEmpty()
                ? Finding.pass("provider-claims", "'%s' brings name and e-mail address".formatted(provider.alias()))
                : Finding.warn(
                        "provider-claims",
                        "'%s' does not bring: %s".formatted(provider.alias(), String.join(", ", missing)),
                        "OpenID Connect: add 'profile' and 'email' to its scopes; SAML: an attribute importer for each");
    }

    /** CON-9: Keycloak lets the group of a mapper be deleted. */
    private static Finding groups(Provider provider) {
        List<String> groupless = provider.mapping().groupless();
        return groupless.isEmpty()
                ? Finding.pass("provider-groups", "Groups that mappers of '%s' name exist".formatted(provider.alias()))
                : Finding.warn(
                        "provider-groups",
                        "Mappers of '%s' name groups that do not exist: %s"
                                .formatted(provider.alias(), String.join(", ", groupless)),
                        "Name another group in them, or remove them");
    }

    /** CON-15. */
    private static Finding groupClaim(Provider provider) {
        List<String> groups = provider.mapping().groups();
        return groups.isEmpty()
                ? Finding.pass(
                        "provider-group-claim", "No mapper of '%s' reads groups at login".formatted(provider.alias()))
                : Finding.info(
                        "provider-group-claim",
                        ("Mappers of '%s' read groups at login: %s. Beyond about 150 groups of one person some providers send "
                                        + "none: let it send only those of the application, or push groups by SCIM")
                                .formatted(provider.alias(), String.join(", ", groups)));
    }

    /** CON-2, CON-8, CON-10: to be copied. */
    private static Finding addresses(Provider provider) {
        if (!provider.exists()) {
            return Finding.info("provider-addresses", "There is no provider '%s'".formatted(provider.alias()));
        }
        Addresses addresses = provider.addresses();
        String forTheProvider = addresses
                .entityId()
                .map(entityId ->
                        ("ACS URL of '%s' is %s, its entity ID here %s, metadata %2$s/descriptor; its portal starts "
                                        + "logins at %2$s/clients/{IDP-initiated SSO URL name of the application}")
                                .formatted(provider.alias(), addresses.endpoint(), entityId))
                .orElseGet(() -> "Redirect URI of '%s' is %s".formatted(provider.alias(), addresses.endpoint()));
        return Finding.info(
                "provider-addresses", "%s; straight to it leads %s".formatted(forTheProvider, addresses.straight()));
    }

    /** CON-6. */
    private static Finding speaksFor(Provider provider) {
        return provider.domains().isEmpty()
                ? Finding.info(
                        "provider-speaks-for",
                        "'%s' may say of anybody that he is anybody: no e-mail domain limits it"
                                .formatted(provider.alias()))
                : Finding.pass(
                        "provider-speaks-for",
                        "'%s' speaks for %s"
                                .formatted(provider.alias(), String.join(", ", new TreeSet<>(provider.domains()))));
    }

    /** CON-11. */
    private static Finding domains(RealmSnapshot realm) {
        Map<String, List<String>> aliases = new TreeMap<>();
        allowed(realm)
                .forEach(provider -> provider.domains()
                        .forEach(domain -> aliases.computeIfAbsent(domain, key -> new ArrayList<>())
                                .add(provider.alias())));
        List<String> shared = aliases.entrySet().stream()
                .filter(domain -> domain.getValue().size() > 1)
                .map(domain -> "%s (%s)".formatted(domain.getKey(), String.join(", ", domain.getValue())))
                .toList();
        return shared.isEmpty()
                ? Finding.pass("provider-domains", "No e-mail domain belongs to two enterprise providers")
                : Finding.warn(
                        "provider-domains",
                        "More than one enterprise provider covers: " + String.join("; ", shared),
                        "Give each domain to one provider, else people are asked which one to take");
    }

    /** CON-16: its sessions are not ended with it. */
    private static Stream<Finding> removed(RealmSnapshot realm) {
        return realm.removedProviders().isEmpty()
                ? Stream.of(Finding.pass("removed-providers", "No provider was removed of which sessions may be left"))
                : realm.removedProviders().stream().map(provider -> removed(provider, realm.enforcing()));
    }

    private static Finding removed(RemovedProvider provider, boolean enforcing) {
        String message = "'%s' was removed; sessions that it began (the last at %s) may be left until %s"
                .formatted(provider.alias(), provider.lastLogin(), provider.sessionsUntil());
        return enforcing
                ? Finding.info(
                        "removed-providers",
                        message + ", and are refused when they are used; DELETE sso-policy/sessions ends them at once")
                : Finding.warn(
                        "removed-providers",
                        message + ", offline sessions in use for longer",
                        "Set ENFORCE, which refuses them, or sign all sessions out (Sessions → Action → Sign out all active "
                                + "sessions)");
    }

    /** CON-14: people are provisioned who cannot sign in. */
    private static Stream<Finding> connections(RealmSnapshot realm) {
        List<String> usable = realm.providers().stream()
                .filter(provider -> provider.exists() && provider.enabled() && !provider.linkOnly())
                .map(Provider::alias)
                .toList();
        List<Finding> findings = realm.scimConnections().stream()
                .filter(connection -> !usable.contains(connection.provider()))
                .map(ProviderChecks::withoutProvider)
                .toList();
        return findings.isEmpty()
                ? Stream.of(Finding.pass(
                        "scim-connections", "People of every SCIM connection can sign in with its provider"))
                : findings.stream();
    }

    private static Finding withoutProvider(ScimConnection connection) {
        return Finding.warn(
                "scim-connections",
                "The SCIM connection '%s' provisions people who cannot sign in: there is no enabled provider '%s'"
                        .formatted(connection.name(), connection.provider()),
                "Create or enable the provider, or delete the connection");
    }

    /** ENF-16: what the policy does not name is a social login, and refused together with the passwords. */
    private static Stream<Finding> others(RealmSnapshot realm) {
        List<Finding> findings = realm.providers().stream()
                .filter(provider -> !provider.allowed() && provider.enabled() && !provider.linkOnly())
                .map(provider -> other(provider, realm.takesBack()))
                .toList();
        return findings.isEmpty()
                ? Stream.of(Finding.pass("other-providers", "People cannot sign in with any other provider"))
                : findings.stream();
    }

    private static Finding other(Provider provider, boolean takenBack) {
        return provider.gatedFirstLogin()
                ? Finding.pass(
                        "other-providers",
                        "'%s' is a social login, and the authenticator refuses in its flow".formatted(provider.alias()))
                : Finding.warn(
                        "other-providers",
                        "'%s' is a social login: it is refused to whoever must use SSO, %s"
                                .formatted(
                                        provider.alias(),
                                        takenBack
                                                ? "and an account or link that its first login made is taken back"
                                                : "but an account or link that its first login made stays"),
                        "Put enforce-sso-authenticator first into its first-login flow, or disable the provider");
    }

    /** Whoever may add a mapper could otherwise say that another provider had answered. */
    private static Finding sessionNotes(RealmSnapshot realm) {
        List<String> forging = realm.providers().stream()
                .flatMap(provider -> provider.mapping().forging().stream()
                        .map(mapper -> "'%s' of '%s'".formatted(mapper, provider.alias())))
                .toList();
        return forging.isEmpty()
                ? Finding.pass("session-notes", "No mapper writes the session notes that the gates read")
                : Finding.fail(
                        "session-notes",
                        "These mappers write session notes that the gates trust: " + String.join(", ", forging),
                        "Remove them, or let them write another note");
    }
}
