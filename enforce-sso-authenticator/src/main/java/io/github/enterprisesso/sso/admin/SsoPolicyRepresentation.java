package io.github.enterprisesso.sso.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.SsoOption;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The policy on the wire. What is absent has its default, but for the organizations, which then stay as they are.
 *
 * <pre>{@code
 * {"mode":"ENFORCE","allowedProviders":["okta"],"scope":["DOMAINS","ORGANIZATIONS"],
 *  "domains":[{"domain":"acme.com"},{"domain":"corp.com","providers":["entra"]}],
 *  "organizations":{"globex":"ENFORCE"},"exemptRole":"sso-exempt","exceptedClients":[],
 *  "impersonation":"ALLOW","sessionsOnEnforce":"KEEP","notifyExemptions":false,"enforceMaster":false}
 * }</pre>
 *
 * @param mode OFF, REPORT or ENFORCE; must be there
 * @param allowedProviders aliases of identity providers
 * @param scope any of REALM, ORGANIZATIONS, DOMAINS, LINKED; absent or empty is REALM
 * @param domains e-mail domains of the scope DOMAINS
 * @param organizations mode by alias of the organization
 * @param exemptRole name of a realm role; absent is {@code sso-exempt}
 * @param exceptedClients client ids
 * @param impersonation ALLOW or REFUSE
 * @param sessionsOnEnforce KEEP or END
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SsoPolicyRepresentation(
        String mode,
        List<String> allowedProviders,
        List<String> scope,
        List<DomainRepresentation> domains,
        Map<String, String> organizations,
        String exemptRole,
        List<String> exceptedClients,
        String impersonation,
        String sessionsOnEnforce,
        Boolean notifyExemptions,
        Boolean enforceMaster) {

    /** @param providers absent means the allowed providers of the policy */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DomainRepresentation(String domain, List<String> providers) {

        static DomainRepresentation of(EnforcedDomain domain) {
            return new DomainRepresentation(domain.name(), domain.providers().orElse(null));
        }

        private String text() {
            String name = Objects.requireNonNullElse(domain, "");
            return providers == null ? name.isBlank() ? "=" : name : name + "=" + join("|", providers);
        }
    }

    static SsoPolicyRepresentation of(SsoSettings settings, Map<String, String> organizations) {
        return new SsoPolicyRepresentation(
                settings.mode(),
                settings.allowedProviders(),
                settings.scope(),
                settings.domains().stream().map(DomainRepresentation::of).toList(),
                organizations,
                settings.exemptRole(),
                settings.exceptedClients(),
                settings.impersonation(),
                settings.sessionsOnEnforce(),
                settings.notifyExemptions(),
                settings.enforceMaster());
    }

    /** Through the form in which they are stored, so that there is one reader. */
    SsoSettings settings() {
        Map<String, String> config = new LinkedHashMap<>();
        put(config, SsoOption.MODE, mode);
        put(config, SsoOption.ALLOWED_PROVIDERS, join(",", allowedProviders));
        put(config, SsoOption.SCOPE, join(",", scope));
        put(
                config,
                SsoOption.DOMAINS,
                domains == null
                        ? null
                        : domains.stream()
                                .filter(Objects::nonNull)
                                .map(DomainRepresentation::text)
                                .collect(Collectors.joining(",")));
        put(config, SsoOption.EXEMPT_ROLE, exemptRole);
        put(config, SsoOption.EXCEPTED_CLIENTS, join(",", exceptedClients));
        put(config, SsoOption.IMPERSONATION, impersonation);
        put(config, SsoOption.SESSIONS, sessionsOnEnforce);
        put(config, SsoOption.NOTIFY_EXEMPTIONS, Objects.toString(notifyExemptions, null));
        put(config, SsoOption.ENFORCE_MASTER, Objects.toString(enforceMaster, null));
        return SsoSettings.of(config);
    }

    /** The modes of organizations that are to be written; empty if they are to stay as they are. */
    Optional<OrganizationModes> organizationModes() {
        return Optional.ofNullable(organizations).map(OrganizationModes::new);
    }

    private static void put(Map<String, String> config, SsoOption option, String value) {
        if (value != null) {
            config.put(option.key(), value);
        }
    }

    private static String join(String separator, List<String> values) {
        return values == null ? null : values.stream().filter(Objects::nonNull).collect(Collectors.joining(separator));
    }
}
