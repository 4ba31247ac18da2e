package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.EnforcedOrganization;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * The modes that organizations have by their attribute {@link SsoSettings#ORGANIZATION_MODE}.
 *
 * @param byAlias the mode as it is written, by alias of the organization
 */
public record OrganizationModes(Map<String, String> byAlias) {

    public OrganizationModes {
        byAlias = new LinkedHashMap<>(byAlias);
    }

    /** Those of a realm, in the order of the aliases. Costs a query for each mode. */
    public static OrganizationModes of(KeycloakSession session, RealmModel realm) {
        Map<String, String> found = new TreeMap<>();
        if (usable(session, realm)) {
            for (Mode mode : List.of(Mode.REPORT, Mode.ENFORCE)) {
                withMode(session, mode).forEach(organization -> found.put(organization.getAlias(), mode.name()));
            }
        }
        return new OrganizationModes(found);
    }

    /** True if the server knows organizations and the realm has them switched on. */
    static boolean usable(KeycloakSession session, RealmModel realm) {
        return realm.isOrganizationsEnabled() && provider(session) != null;
    }

    /** An organization as the policy sees it, or empty if it has no mode. An unknown word enforces. Keycloak caches both parts. */
    public static Optional<EnforcedOrganization> enforced(KeycloakSession session, OrganizationModel organization) {
        return Stream.ofNullable(organization.getAttributes())
                .flatMap(attributes -> attributes.getOrDefault(SsoSettings.ORGANIZATION_MODE, List.of()).stream())
                .filter(word -> !word.isBlank())
                .findFirst()
                .map(word -> new EnforcedOrganization(
                        organization.getAlias(),
                        SsoPolicy.readMode(word).orElse(Mode.ENFORCE),
                        providers(session, organization)));
    }

    /** Aliases of the enabled identity providers of an organization that people can sign in with. */
    static List<String> providers(KeycloakSession session, OrganizationModel organization) {
        return session.identityProviders()
                .getByOrganization(organization.getId(), null, null)
                .filter(provider -> provider.isEnabled() && !Boolean.TRUE.equals(provider.isLinkOnly()))
                .map(IdentityProviderModel::getAlias)
                .sorted()
                .toList();
    }

    /** Writes exactly these modes: an organization that is not named loses its own. */
    public void save(KeycloakSession session, RealmModel realm) {
        if (!usable(session, realm)) {
            return;
        }
        of(session, realm).byAlias().keySet().stream()
                .filter(alias -> !byAlias.containsKey(alias))
                .forEach(alias -> write(provider(session).getByAlias(alias), Mode.OFF.name()));
        byAlias.forEach((alias, mode) ->
                write(provider(session).getByAlias(alias), mode.strip().toUpperCase(Locale.ROOT)));
    }

    private static void write(OrganizationModel organization, String mode) {
        Map<String, List<String>> attributes = new LinkedHashMap<>(organization.getAttributes());
        attributes.remove(SsoSettings.ORGANIZATION_MODE);
        if (!Mode.OFF.name().equals(mode)) {
            attributes.put(SsoSettings.ORGANIZATION_MODE, List.of(mode));
        }
        organization.setAttributes(attributes);
    }

    private static Stream<OrganizationModel> withMode(KeycloakSession session, Mode mode) {
        return provider(session).getAllStream(Map.of(SsoSettings.ORGANIZATION_MODE, mode.name()), null, null);
    }

    static OrganizationProvider provider(KeycloakSession session) {
        return session.getProvider(OrganizationProvider.class);
    }
}
