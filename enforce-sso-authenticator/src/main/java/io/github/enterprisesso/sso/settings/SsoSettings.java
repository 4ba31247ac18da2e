package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.SsoPolicy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;

/**
 * The policy as an administrator wrote it, not necessarily valid.
 *
 * @param mode a word that should be a {@link io.github.enterprisesso.sso.policy.Mode}
 * @param allowedProviders aliases, without blanks and duplicates
 * @param exemptRole name of a realm role
 */
public record SsoSettings(String mode, List<String> allowedProviders, String exemptRole) {

    /** Id and alias of the required action whose configuration carries the policy. */
    public static final String ACTION = "enforce-sso";

    private static final String SEPARATORS = "##|,";

    public SsoSettings {
        allowedProviders = List.copyOf(allowedProviders);
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
                SsoOption.MODE.read(config),
                aliases(Arrays.asList(SsoOption.ALLOWED_PROVIDERS.read(config).split(SEPARATORS))),
                SsoOption.EXEMPT_ROLE.read(config));
    }

    /** @param exemptRole null or blank for the default */
    public static SsoSettings of(String mode, List<String> allowedProviders, String exemptRole) {
        Map<String, String> role = exemptRole == null ? Map.of() : Map.of(SsoOption.EXEMPT_ROLE.key(), exemptRole);
        return new SsoSettings(
                mode == null ? "" : mode.strip(),
                aliases(allowedProviders == null ? List.of() : allowedProviders),
                SsoOption.EXEMPT_ROLE.read(role));
    }

    /** The same settings without one of the providers. */
    SsoSettings without(String alias) {
        return new SsoSettings(
                mode,
                allowedProviders.stream().filter(other -> !other.equals(alias)).toList(),
                exemptRole);
    }

    public Map<String, String> toConfig() {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(
                SsoOption.MODE.key(), SsoPolicy.readMode(mode).map(Enum::name).orElse(mode));
        config.put(SsoOption.ALLOWED_PROVIDERS.key(), String.join(",", allowedProviders));
        config.put(SsoOption.EXEMPT_ROLE.key(), exemptRole);
        return config;
    }

    public SsoPolicy policy() {
        return SsoPolicy.of(mode, allowedProviders);
    }

    private static List<String> aliases(List<String> values) {
        return values.stream()
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .distinct()
                .toList();
    }
}
