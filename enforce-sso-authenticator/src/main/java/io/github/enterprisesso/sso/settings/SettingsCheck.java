package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * Whether settings may be saved: right by themselves, and no way to lock every administrator out (ENF-9). OFF may be saved
 * whatever else they say, and REPORT whatever has become of providers, clients and organizations: both are ways out.
 */
public final class SettingsCheck {

    private static final int ALIASES_SHOWN = 20;

    private static final String ORGANIZATIONS = "organizations";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SsoSettings settings;
    private final Map<String, StringBuilder> complaints = new LinkedHashMap<>();

    /**
     * What is wrong with one field.
     *
     * @param field key of a {@link SsoOption}, or {@code organizations}
     * @param message says what is wrong and what is allowed
     */
    public record Complaint(String field, String message) {}

    private SettingsCheck(KeycloakSession session, RealmModel realm, SsoSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
    }

    /** Everything that is wrong with the settings, one complaint for each field; empty if they may be saved. */
    public static List<Complaint> of(KeycloakSession session, RealmModel realm, SsoSettings settings) {
        return of(session, realm, settings, Optional.empty());
    }

    /** The same, together with modes of organizations that are to be saved; without them, those that the realm has count. */
    public static List<Complaint> of(
            KeycloakSession session,
            RealmModel realm,
            SsoSettings settings,
            Optional<OrganizationModes> organizations) {
        SettingsCheck check = new SettingsCheck(session, realm, settings);
        check.run(organizations);
        return check.complaints.entrySet().stream()
                .map(complaint ->
                        new Complaint(complaint.getKey(), complaint.getValue().toString()))
                .toList();
    }

    private void run(Optional<OrganizationModes> organizations) {
        Optional<Mode> mode = SsoPolicy.readMode(settings.mode());
        checkWord(SsoOption.MODE, settings.mode());
        organizations.ifPresent(this::checkModes);
        if (mode.filter(Mode.OFF::equals).isPresent()) {
            return;
        }
        settings.scope().forEach(word -> checkWord(SsoOption.SCOPE, word));
        checkWord(SsoOption.IMPERSONATION, settings.impersonation());
        checkWord(SsoOption.SESSIONS, settings.sessionsOnEnforce());
        checkDomainNames();
        checkRole();
        if (mode.filter(Mode.ENFORCE::equals).isPresent()) {
            checkProviders(SsoOption.ALLOWED_PROVIDERS, settings.allowedProviders());
            checkThatThereIsAProvider();
            checkDomainProviders();
            checkClients();
            checkOrganizations(organizations);
            checkMaster();
            checkAdministrator();
        }
    }

    private void checkWord(SsoOption option, String word) {
        if (!option.words().contains(word)) {
            complain(option, "'%s' is none of the allowed words %s".formatted(word, option.words()));
        }
    }

    private void checkProviders(SsoOption option, Collection<String> aliases) {
        for (String alias : aliases) {
            IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
            if (provider == null) {
                complain(
                        option,
                        "There is no identity provider '%s'; the realm has %s".formatted(alias, knownProviders()));
            } else if (!provider.isEnabled()) {
                complain(option, "The identity provider '%s' is disabled; enable it before enforcing".formatted(alias));
            } else if (Boolean.TRUE.equals(provider.isLinkOnly())) {
                complain(
                        option,
                        "The identity provider '%s' is for account linking only, nobody can sign in with it"
                                .formatted(alias));
            }
        }
    }

    private void checkThatThereIsAProvider() {
        Set<Scope> scopes = settings.scopes();
        if (settings.allowedProviders().isEmpty() && (scopes.contains(Scope.REALM) || scopes.contains(Scope.LINKED))) {
            complain(
                    SsoOption.ALLOWED_PROVIDERS,
                    "ENFORCE for the scope %s needs at least one enabled identity provider; the realm has %s"
                            .formatted(scopes.contains(Scope.REALM) ? Scope.REALM : Scope.LINKED, knownProviders()));
        }
    }

    private void checkDomainNames() {
        Set<String> seen = new HashSet<>();
        for (EnforcedDomain domain : settings.domains()) {
            if (!domain.valid()) {
                complain(
                        SsoOption.DOMAINS,
                        "'%s' is no e-mail domain; write it as in acme.com, without @ and without wildcards"
                                .formatted(domain.name()));
            } else if (!seen.add(domain.name())) {
                complain(SsoOption.DOMAINS, "The domain '%s' is there twice; name it once".formatted(domain.name()));
            }
        }
    }

    private void checkDomainProviders() {
        if (!settings.scopes().contains(Scope.DOMAINS)) {
            return;
        }
        if (settings.domains().isEmpty()) {
            complain(SsoOption.DOMAINS, "The scope DOMAINS needs at least one domain");
        }
        for (EnforcedDomain domain : settings.domains()) {
            if (domain.providers().orElse(settings.allowedProviders()).isEmpty()) {
                complain(
                        SsoOption.DOMAINS,
                        "The domain '%s' has no identity provider; the realm has %s"
                                .formatted(domain.name(), knownProviders()));
            }
            checkProviders(SsoOption.DOMAINS, domain.providers().orElse(List.of()));
        }
    }

    private void checkClients() {
        settings.exceptedClients().stream()
                .filter(clientId -> realm.getClientByClientId(clientId) == null)
                .forEach(clientId -> complain(
                        SsoOption.EXCEPTED_CLIENTS, "There is no client '%s' in the realm".formatted(clientId)));
    }

    private void checkModes(OrganizationModes organizations) {
        boolean usable = OrganizationModes.usable(session, realm);
        organizations.byAlias().forEach((alias, word) -> {
            if (usable && OrganizationModes.provider(session).getByAlias(alias) == null) {
                complain(ORGANIZATIONS, "There is no organization '%s' in the realm".formatted(alias));
            }
            if (word == null || SsoPolicy.readMode(word).isEmpty()) {
                complain(
                        ORGANIZATIONS,
                        "'%s' is no mode for the organization '%s'; allowed are %s"
                                .formatted(word, alias, Arrays.toString(Mode.values())));
            }
        });
        if (!usable && !organizations.byAlias().isEmpty()) {
            complain(ORGANIZATIONS, "Organizations are switched off in the realm");
        }
    }

    private void checkOrganizations(Optional<OrganizationModes> wanted) {
        if (!settings.scopes().contains(Scope.ORGANIZATIONS)) {
            return;
        }
        if (!OrganizationModes.usable(session, realm)) {
            complain(SsoOption.SCOPE, "ORGANIZATIONS needs organizations to be switched on in the realm");
            return;
        }
        OrganizationModes organizations = wanted.orElseGet(() -> OrganizationModes.of(session, realm));
        organizations.byAlias().forEach((alias, word) -> {
            OrganizationModel organization = OrganizationModes.provider(session).getByAlias(alias);
            if (organization != null
                    && Mode.ENFORCE.name().equalsIgnoreCase(word)
                    && OrganizationModes.providers(session, organization).isEmpty()) {
                complain(
                        ORGANIZATIONS,
                        "The organization '%s' has no enabled identity provider; link one to it before enforcing"
                                .formatted(alias));
            }
        });
    }

    private String knownProviders() {
        String known = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication(), 0, ALIASES_SHOWN)
                .map(IdentityProviderModel::getAlias)
                .sorted()
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "none" : known;
    }

    private void checkRole() {
        RoleModel exempt = realm.getRole(settings.exemptRole());
        RoleModel everybody = realm.getDefaultRole();
        if (exempt != null && everybody != null && (everybody.equals(exempt) || everybody.hasRole(exempt))) {
            complain(
                    SsoOption.EXEMPT_ROLE,
                    "Every user has the role '%s' by default, so nobody would be enforced; name another realm role"
                            .formatted(settings.exemptRole()));
        }
    }

    private void checkMaster() {
        boolean asked = settings.enforceMaster() || ServerOption.MASTER.enabled();
        if (realm.getName().equals(Config.getAdminRealm()) && !asked) {
            complain(
                    SsoOption.MODE,
                    ("The administration realm is enforced only with %s=true, or with the server option "
                                    + "--spi-required-action--%s--%s=true; allowed here are OFF and REPORT")
                            .formatted(SsoOption.ENFORCE_MASTER.key(), SsoSettings.ACTION, ServerOption.MASTER.key()));
        }
    }

    private void checkAdministrator() {
        if (new Administrators(session, realm, settings.exemptRole())
                .breakGlass()
                .findAny()
                .isEmpty()) {
            complain(
                    SsoOption.EXEMPT_ROLE,
                    ("No enabled user holds the role '%s' without an end and may administer this realm (role %s); give it "
                                    + "to at least one administrator before enforcing")
                            .formatted(settings.exemptRole(), AdminRoles.MANAGE_REALM));
        }
    }

    private void complain(SsoOption option, String message) {
        complain(option.key(), message);
    }

    private void complain(String field, String message) {
        complaints.merge(
                field,
                new StringBuilder(message),
                (all, one) -> all.append(". ").append(one));
    }
}
