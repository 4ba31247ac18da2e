package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.settings.SsoOption.Impersonation;
import io.github.enterprisesso.sso.settings.SsoOption.Sessions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/**
 * The policy as an administrator wrote it, not necessarily valid: each word option is the word that was written, in upper case.
 *
 * @param mode a word that should be a {@link io.github.enterprisesso.sso.policy.Mode}
 * @param allowedProviders aliases, without blanks and duplicates
 * @param scope words that should each be a {@link Scope}
 * @param domains with duplicates, if there are any
 * @param exemptRole name of a realm role
 * @param exceptedClients client ids, without blanks and duplicates
 * @param impersonation a word that should be an {@link Impersonation}
 * @param sessionsOnEnforce a word that should be one of {@link Sessions}
 * @param notifyExemptions true if people get a mail about their exemption
 * @param enforceMaster true if ENFORCE is meant even in the administration realm
 */
public record SsoSettings(
        String mode,
        List<String> allowedProviders,
        List<String> scope,
        List<EnforcedDomain> domains,
        String exemptRole,
        List<String> exceptedClients,
        String impersonation,
        String sessionsOnEnforce,
        boolean notifyExemptions,
        boolean enforceMaster) {

    /** Id and alias of the required action whose configuration carries the policy. */
    public static final String ACTION = "enforce-sso";

    /** Organization attribute: the mode for the members of that organization, if the scope has ORGANIZATIONS. */
    public static final String ORGANIZATION_MODE = "enforce-sso.mode";

    private static final String SEPARATORS = "##|,";

    public SsoSettings {
        allowedProviders = List.copyOf(allowedProviders);
        scope = List.copyOf(scope);
        domains = List.copyOf(domains);
        exceptedClients = List.copyOf(exceptedClients);
    }

    /**
     * The settings of a realm, or the defaults (mode OFF) if it has none. Costs no query: Keycloak caches them with the
     * realm. Whether the action is enabled does not matter: the mode alone switches the gates.
     */
    public static SsoSettings of(RealmModel realm) {
        RequiredActionConfigModel stored = realm.getRequiredActionConfigByAlias(ACTION);
        return of(stored == null || stored.getConfig() == null ? Map.of() : stored.getConfig());
    }

    public static SsoSettings of(Map<String, String> config) {
        return new SsoSettings(
                word(SsoOption.MODE, config),
                items(SsoOption.ALLOWED_PROVIDERS, config).distinct().toList(),
                scope(config),
                items(SsoOption.DOMAINS, config).map(SsoSettings::domain).toList(),
                SsoOption.EXEMPT_ROLE.read(config),
                items(SsoOption.EXCEPTED_CLIENTS, config).distinct().toList(),
                word(SsoOption.IMPERSONATION, config),
                word(SsoOption.SESSIONS, config),
                Boolean.parseBoolean(SsoOption.NOTIFY_EXEMPTIONS.read(config)),
                Boolean.parseBoolean(SsoOption.ENFORCE_MASTER.read(config)));
    }

    /** Nothing but separators is for everybody, as nothing at all is. */
    private static List<String> scope(Map<String, String> config) {
        List<String> words = items(SsoOption.SCOPE, config)
                .map(name -> name.toUpperCase(Locale.ROOT))
                .distinct()
                .toList();
        return words.isEmpty() ? List.of(Scope.REALM.name()) : words;
    }

    /** The same settings without one of the providers. A domain that it alone served has none then, not the allowed ones. */
    SsoSettings without(String alias) {
        return new SsoSettings(
                mode,
                others(allowedProviders, alias),
                scope,
                domains.stream()
                        .map(domain -> new EnforcedDomain(
                                domain.name(), domain.providers().map(own -> others(own, alias))))
                        .toList(),
                exemptRole,
                exceptedClients,
                impersonation,
                sessionsOnEnforce,
                notifyExemptions,
                enforceMaster);
    }

    /** True if an alias is named anywhere. */
    public boolean names(String alias) {
        return providers().contains(alias);
    }

    /** Every alias that is named, as an allowed provider or for a domain. */
    public Set<String> providers() {
        return Stream.concat(
                        allowedProviders.stream(),
                        domains.stream().flatMap(domain -> domain.providers().orElse(List.of()).stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    public Map<String, String> toConfig() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(SsoOption.MODE.key(), mode);
        config.put(SsoOption.ALLOWED_PROVIDERS.key(), String.join(",", allowedProviders));
        config.put(SsoOption.SCOPE.key(), String.join(",", scope));
        config.put(
                SsoOption.DOMAINS.key(), domains.stream().map(SsoSettings::text).collect(Collectors.joining(",")));
        config.put(SsoOption.EXEMPT_ROLE.key(), exemptRole);
        config.put(SsoOption.EXCEPTED_CLIENTS.key(), String.join(",", exceptedClients));
        config.put(SsoOption.IMPERSONATION.key(), impersonation);
        config.put(SsoOption.SESSIONS.key(), sessionsOnEnforce);
        config.put(SsoOption.NOTIFY_EXEMPTIONS.key(), Boolean.toString(notifyExemptions));
        config.put(SsoOption.ENFORCE_MASTER.key(), Boolean.toString(enforceMaster));
        return config;
    }

    /**
     * The policy; damaged if a word or a domain in it cannot be read, or if it is for domains and names none. An unknown word
     * for impersonation refuses it.
     */
    public SsoPolicy policy() {
        Set<Scope> scopes = scopes();
        SsoPolicy policy = SsoPolicy.of(mode, allowedProviders)
                .within(scopes, domains)
                .except(Set.copyOf(exceptedClients), Impersonation.ALLOW.name().equals(impersonation));
        boolean readable = scopes.size() == scope.size() && domains.stream().allMatch(EnforcedDomain::valid);
        boolean domainsMissing = scopes.contains(Scope.DOMAINS) && domains.isEmpty();
        return readable && !domainsMissing ? policy : policy.asDamaged();
    }

    /** The scopes that can be read. */
    public Set<Scope> scopes() {
        return EnumSet.allOf(Scope.class).stream()
                .filter(known -> scope.contains(known.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> others(List<String> aliases, String alias) {
        return aliases.stream().filter(other -> !other.equals(alias)).toList();
    }

    private static String word(SsoOption option, Map<String, String> config) {
        return option.read(config).toUpperCase(Locale.ROOT);
    }

    private static Stream<String> items(SsoOption option, Map<String, String> config) {
        return present(option.read(config).split(SEPARATORS));
    }

    private static Stream<String> present(String... values) {
        return Arrays.stream(values).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** {@code acme.com} or {@code acme.com=okta|entra}. */
    private static EnforcedDomain domain(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? EnforcedDomain.of(text)
                : new EnforcedDomain(
                        text.substring(0, equals),
                        Optional.of(present(text.substring(equals + 1).split("\\|"))
                                .distinct()
                                .toList()));
    }

    private static String text(EnforcedDomain domain) {
        return domain.name()
                + domain.providers().map(own -> "=" + String.join("|", own)).orElse("");
    }
}
