package io.github.enterprisesso.sso.inspection;

import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationDomainModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/** The e-mail domains that identity providers answer for: by their organization, or by the policy. */
public final class ProviderDomains {

    private ProviderDomains() {}

    /** By alias; a provider that answers for everybody is not in it. */
    public static Map<String, Set<String>> of(KeycloakSession session, RealmModel realm) {
        Map<String, Set<String>> domains = new TreeMap<>();
        session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(provider -> provider.getOrganizationId() != null)
                .forEach(provider -> add(domains, provider.getAlias(), ofOrganization(session, provider)));
        for (EnforcedDomain domain : SsoSettings.of(realm).domains()) {
            domain.providers().orElse(List.of()).forEach(alias -> add(domains, alias, Set.of(domain.name())));
        }
        return domains;
    }

    private static void add(Map<String, Set<String>> domains, String alias, Set<String> more) {
        if (!more.isEmpty()) {
            domains.computeIfAbsent(alias, key -> new HashSet<>()).addAll(more);
        }
    }

    private static Set<String> ofOrganization(KeycloakSession session, IdentityProviderModel provider) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        OrganizationModel organization =
                organizations == null ? null : organizations.getById(provider.getOrganizationId());
        String named = provider.getConfig().get(OrganizationModel.ORGANIZATION_DOMAIN_ATTRIBUTE);
        if (organization == null || named == null || named.isBlank()) {
            return Set.of();
        }
        return OrganizationDomainModel.ANY_DOMAIN.equals(named)
                ? organization
                        .getDomains()
                        .map(OrganizationDomainModel::getName)
                        .collect(Collectors.toSet())
                : Set.of(named.toLowerCase(Locale.ROOT));
    }
}
