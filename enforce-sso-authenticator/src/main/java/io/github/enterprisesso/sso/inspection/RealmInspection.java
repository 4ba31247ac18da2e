package io.github.enterprisesso.sso.inspection;

import io.github.enterprisesso.sso.doctor.RealmSnapshot;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Action;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Administrator;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ExemptRole;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Exemptions;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Gates;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Policy;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Realm;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.ScimConnection;
import io.github.enterprisesso.sso.people.RoleHolders;
import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.settings.Administrators;
import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.ServerOption;
import io.github.enterprisesso.sso.settings.SettingsCheck;
import io.github.enterprisesso.sso.settings.SettingsCheck.Complaint;
import io.github.enterprisesso.sso.settings.SsoSettings;
import io.github.enterprisesso.sso.store.ExemptionRows;
import io.github.enterprisesso.sso.store.LastLoginRows;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.broker.provider.ConfigConstants;
import org.keycloak.common.Profile;
import org.keycloak.common.Profile.Feature;
import org.keycloak.common.util.Time;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.EventType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileConstants;
import org.keycloak.userprofile.UserProfileProvider;

/** Reads everything of a realm that the checks look at. Costs no more in a realm with more people. */
public final class RealmInspection {

    private static final int CLIENTS_SHOWN = 20;

    /** The attribute of a group that comes from outside; see the list of names in docs/architecture.md. */
    private static final String PUSHED = "scim.connection";

    /** The component that a SCIM connection is, and the alias in its configuration; see the same list. */
    private static final String SCIM_CONNECTION = "scim-connection";

    private static final String CONNECTION_PROVIDER = "identityProvider";

    private static final String LDAP_MAPPER = "org.keycloak.storage.ldap.mappers.LDAPStorageMapper";

    private static final Set<String> SECOND_FACTORS = Set.of(
            OTPCredentialModel.TYPE, WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SsoSettings settings;
    private final EntityManager database;
    private final RoleHolders exempt;

    private RealmInspection(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.settings = SsoSettings.of(realm);
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.exempt = RoleHolders.of(database, realm.getRole(settings.exemptRole()));
    }

    /** @param probe false to make no request to the providers */
    public static RealmSnapshot of(KeycloakSession session, RealmModel realm, boolean probe) {
        return new RealmInspection(session, realm).snapshot(probe);
    }

    private RealmSnapshot snapshot(boolean probe) {
        Flows flows = new Flows(session, realm);
        Providers providers = new Providers(
                session,
                realm,
                enterpriseProviders(),
                exempt,
                flows,
                new LastLoginRows(session, realm.getId()).byProvider());
        return new RealmSnapshot(
                policy(),
                gates(),
                action(),
                flows.bound(),
                providers.all(probe),
                providers.removed(),
                scimConnections(),
                exemptingFederations(),
                exemptRole(),
                administrators(),
                exemptions(),
                settingsOfTheRealm(flows));
    }

    private Policy policy() {
        SsoPolicy policy = settings.policy();
        return new Policy(
                policy.mode(),
                SettingsCheck.of(session, realm, settings).stream()
                        .map(Complaint::message)
                        .toList(),
                policy.allowedProviders(),
                policy.scopes().contains(Scope.DOMAINS) && !policy.scopes().contains(Scope.REALM)
                        ? policy.domains().stream().map(EnforcedDomain::name).toList()
                        : List.of(),
                policy.scopes().contains(Scope.LINKED));
    }

    /** Those that the policy names, and those of organizations with a mode. */
    private Set<String> enterpriseProviders() {
        Set<String> aliases = new HashSet<>(settings.providers());
        if (settings.scopes().contains(Scope.ORGANIZATIONS) && realm.isOrganizationsEnabled()) {
            OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
            OrganizationModes.of(session, realm).byAlias().keySet().stream()
                    .map(organizations::getByAlias)
                    .map(organization -> OrganizationModes.enforced(session, organization))
                    .flatMap(Optional::stream)
                    .forEach(enforced -> aliases.addAll(enforced.providers()));
        }
        return aliases;
    }

    private List<ScimConnection> scimConnections() {
        return realm.getComponentsStream(realm.getId())
                .filter(component -> SCIM_CONNECTION.equals(component.getProviderId()))
                .map(component -> new ScimConnection(component.getName(), component.get(CONNECTION_PROVIDER, "")))
                .toList();
    }

    /** Those that give everybody one role or one group; a mapper that reads the roles or groups of a directory is meant to. */
    private List<String> exemptingFederations() {
        return realm.getComponentsStream()
                .filter(component -> LDAP_MAPPER.equals(component.getProviderType()))
                .filter(mapper -> exempt.given(
                        session, realm, mapper.get(ConfigConstants.ROLE), mapper.get(ConfigConstants.GROUP)))
                .map(ComponentModel::getName)
                .sorted()
                .toList();
    }

    private Gates gates() {
        return new Gates(
                ServerOption.GATES.enabled(),
                session.getKeycloakSessionFactory().getProviderFactory(TokenPostProcessor.class, SsoSettings.ACTION)
                        != null,
                session.getKeycloakSessionFactory()
                                .getProviderFactory(SamlAuthenticationPreprocessor.class, SsoSettings.ACTION)
                        != null);
    }

    private Action action() {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(SsoSettings.ACTION);
        if (action == null) {
            return new Action(false, false, false);
        }
        boolean first = realm.getRequiredActionProvidersStream()
                .filter(other -> other.isEnabled() && !Objects.equals(other.getAlias(), SsoSettings.ACTION))
                .allMatch(other -> other.getPriority() > action.getPriority());
        return new Action(true, action.isEnabled(), first);
    }

    private ExemptRole exemptRole() {
        RoleModel role = realm.getRole(settings.exemptRole());
        RoleModel everybody = realm.getDefaultRole();
        Set<String> defaults = new HashSet<>(
                realm.getDefaultGroupsStream().map(GroupModel::getId).toList());
        List<GroupModel> groups = exempt.groups().stream()
                .map(id -> session.groups().getGroupById(realm, id))
                .filter(Objects::nonNull)
                .toList();
        return new ExemptRole(
                settings.exemptRole(),
                role != null,
                everybody != null && exempt.roles().contains(everybody.getId()),
                exempt.roles().stream()
                        .map(realm::getRoleById)
                        .filter(Objects::nonNull)
                        .filter(other -> !other.equals(role) && !other.equals(everybody))
                        .map(RoleModel::getName)
                        .sorted()
                        .toList(),
                paths(groups.stream()),
                paths(groups.stream().filter(group -> defaults.contains(group.getId()))),
                paths(groups.stream().filter(RealmInspection::pushed)));
    }

    private static List<String> paths(Stream<GroupModel> groups) {
        return groups.map(KeycloakModelUtils::buildGroupPath).sorted().toList();
    }

    private static boolean pushed(GroupModel group) {
        return group.getFirstAttribute(PUSHED) != null;
    }

    private List<Administrator> administrators() {
        return new Administrators(session, realm, settings.exemptRole())
                .breakGlass()
                .map(user -> new Administrator(user.getUsername(), hasCredential(user), hasSecondFactor(user)))
                .distinct()
                .toList();
    }

    private static boolean hasCredential(UserModel user) {
        return user.getFederationLink() != null
                || user.credentialManager()
                        .getStoredCredentialsStream()
                        .findAny()
                        .isPresent();
    }

    private static boolean hasSecondFactor(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getType)
                .anyMatch(SECOND_FACTORS::contains);
    }

    private Exemptions exemptions() {
        ExemptionRows rows = new ExemptionRows(session, realm.getId());
        return new Exemptions(rows.countEnded(Time.currentTimeMillis()), rows.countEndless());
    }

    private Realm settingsOfTheRealm(Flows flows) {
        return new Realm(
                realm.getName().equals(Config.getAdminRealm()),
                realm.isRegistrationAllowed(),
                realm.isResetPasswordAllowed(),
                flows.resetKeepsSecondFactor(),
                emailEditable(),
                realm.isBruteForceProtected(),
                eventsStored(),
                Profile.isFeatureEnabled(Feature.DOCKER),
                Profile.isFeatureEnabled(Feature.OID4VC_VCI_PREAUTH_CODE) && realm.isVerifiableCredentialsEnabled(),
                Profile.isFeatureEnabled(Feature.IMPERSONATION)
                        && settings.policy().impersonation(),
                Profile.isFeatureEnabled(Feature.TOKEN_EXCHANGE),
                exchangingClients(),
                Duration.ofSeconds(realm.getAccessTokenLifespan()));
    }

    /** Keycloak's own search by attribute is for the few attributes that the server was started with. */
    private List<String> exchangingClients() {
        return database.createQuery(
                        "select a.client.clientId from ClientAttributeEntity a"
                                + " where a.client.realmId = :realm and a.name = :name and a.value like 'true'"
                                + " order by a.client.clientId",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("name", OIDCConfigAttributes.STANDARD_TOKEN_EXCHANGE_ENABLED)
                .setMaxResults(CLIENTS_SHOWN)
                .getResultList();
    }

    private boolean emailEditable() {
        UPConfig profile = session.getProvider(UserProfileProvider.class).getConfiguration();
        UPAttribute email = profile.getAttribute(UserModel.EMAIL);
        return email != null
                && email.getPermissions() != null
                && email.getPermissions().getEdit().contains(UserProfileConstants.ROLE_USER);
    }

    /** No types at all means all of them. */
    private boolean eventsStored() {
        List<String> types = realm.getEnabledEventTypesStream().toList();
        return realm.isEventsEnabled() && (types.isEmpty() || types.contains(EventType.LOGIN_ERROR.name()));
    }
}
