package io.github.enterprisesso.it.realm;

import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.server.KeycloakServer;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.RolesRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * A realm that sells to an enterprise, with the two realms that people may come from: {@code <name>-okta} behind its
 * identity provider {@code okta}, and {@code <name>-social} behind its identity provider {@code social}. Ends with all
 * three.
 */
public final class Tenant implements AutoCloseable {

    /** Alias of the enterprise identity provider. */
    public static final String OKTA = "okta";

    /** Alias of the identity provider that stands for a social login. */
    public static final String SOCIAL = "social";

    /** The administrator of the tenant: exempt, signs in by password. */
    public static final String OWNER = "owner@tenant.test";

    /** His password. */
    public static final String OWNER_PASSWORD = "owner-password";

    private static final String BROKER_CLIENT = "broker";

    /** The secret with which the tenant's identity providers reach the realms behind them. */
    public static final String BROKER_SECRET = "broker-secret";

    private final KeycloakServer server;
    private final String name;
    private final AdminClient admin;
    private final List<AdminClient> opened = new ArrayList<>();

    private Tenant(KeycloakServer server, String name) {
        this.server = server;
        this.name = name;
        this.admin = AdminClient.ofMaster(server, name);
    }

    /** Makes the three realms; {@code name} must be unique in the run. */
    public static Tenant create(KeycloakServer server, String name) {
        return create(server, name, realm -> {});
    }

    /** Makes the three realms, with a last word on the tenant's own. */
    public static Tenant create(KeycloakServer server, String name, Consumer<RealmRepresentation> more) {
        Tenant tenant = new Tenant(server, name);
        tenant.importRealm(identityProviderRealm(tenant.oktaRealm()));
        tenant.importRealm(identityProviderRealm(tenant.socialRealm()));
        RealmRepresentation realm = tenant.tenantRealm();
        more.accept(realm);
        tenant.importRealm(realm);
        tenant.makeOwner();
        return tenant;
    }

    public String realm() {
        return name;
    }

    public String oktaRealm() {
        return name + "-okta";
    }

    public String socialRealm() {
        return name + "-social";
    }

    public KeycloakServer server() {
        return server;
    }

    /** The server's administrator, looking at the tenant's realm. */
    public AdminClient admin() {
        return admin;
    }

    /** A person of the tenant's realm as an administrator. */
    public AdminClient adminAs(String username, String password) {
        AdminClient person = AdminClient.ofPerson(server, name, username, password);
        opened.add(person);
        return person;
    }

    /** A fresh browser, without cookies. */
    public OidcBrowser browser() {
        return new OidcBrowser(server.url(), name);
    }

    /** The address that starts a login at the client of the tests, for a real browser. */
    public URI loginUrl() {
        return browser().loginUrl(Map.of());
    }

    /** Base URL of the SCIM endpoint. */
    public URI scimBaseUrl() {
        return scimBaseUrl(server);
    }

    /** The same, on another node of the cluster. */
    public URI scimBaseUrl(KeycloakServer node) {
        return URI.create(node.url() + "/realms/" + name + "/scim-provisioning/v2");
    }

    /** A SCIM connection {@code okta} for the identity provider of that name, with group provisioning on, and a token. */
    public ScimClient connect() {
        return connect(OKTA, Map.of("groupProvisioning", "true"));
    }

    /** A SCIM connection for the identity provider {@code okta}, and a client with a fresh token of it. */
    public ScimClient connect(String connection, Map<String, String> options) {
        Answer created = admin.post(
                "/scim-connections", Map.of("name", connection, "identityProvider", OKTA, "options", options));
        require(created, 201);
        return withNewToken(created.at("/id"), Map.of("label", "test"));
    }

    /** A client with a new token of a connection; {@code token} is the body of the request that makes it. */
    public ScimClient withNewToken(String connectionId, Map<String, ?> token) {
        Answer created = admin.post("/scim-connections/" + connectionId + "/tokens", token);
        require(created, 201);
        return ScimClient.withToken(scimBaseUrl(), created.at("/token"));
    }

    /** The id of the connection with this name. */
    public String connectionId(String connection) {
        for (var candidate : admin.get("/scim-connections").body()) {
            if (connection.equals(candidate.path("name").asText())) {
                return candidate.path("id").asText();
            }
        }
        throw new AssertionError("No SCIM connection " + connection);
    }

    /** Maps every pushed group to a team of its name. */
    public void mapEveryGroupToATeam() {
        require(
                admin.put(
                        "/group-mappings/settings",
                        Map.of(
                                "rules",
                                List.of(Map.of(
                                        "name", "every group",
                                        "type", "MATCH_ALL",
                                        "targetType", "TEAM",
                                        "autoApprove", true,
                                        "priority", 100)))),
                200,
                204);
    }

    /** Sets the SSO policy with {@code okta} as the allowed provider. */
    public void policy(String mode) {
        require(admin.put("/sso-policy", Map.of("mode", mode, "allowedProviders", List.of(OKTA))), 200, 204);
    }

    /** A person of the tenant's realm with a password; answers the user id. */
    public String localUser(String email, String password) {
        return createUser(name, person(email, password));
    }

    /** A person of the Okta org; answers the user id there, which is the {@code sub} that the tenant sees. */
    public String oktaUser(String email, String password) {
        return createUser(oktaRealm(), person(email, password));
    }

    /** A person of the social provider; answers the user id there. */
    public String socialUser(String email, String password) {
        return createUser(socialRealm(), person(email, password));
    }

    /** Links a user of the tenant with his account at an identity provider, as a first login there would. */
    public void link(String userId, String alias, String brokerUserId, String brokerUsername) {
        FederatedIdentityRepresentation link = new FederatedIdentityRepresentation();
        link.setIdentityProvider(alias);
        link.setUserId(brokerUserId);
        link.setUserName(brokerUsername);
        try (Response response = admin.realm().users().get(userId).addFederatedIdentity(alias, link)) {
            if (response.getStatus() != 204) {
                throw new AssertionError("link: " + response.getStatus());
            }
        }
    }

    /** Gives a realm role. */
    public void grant(String userId, String realmRole) {
        RoleRepresentation role = admin.realm().roles().get(realmRole).toRepresentation();
        admin.realm().users().get(userId).roles().realmLevel().add(List.of(role));
    }

    /** Gives a client role of {@code realm-management}, for example {@code view-users}. */
    public void grantManagement(String userId, String role) {
        String client = admin.realm()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        RoleRepresentation representation =
                admin.realm().clients().get(client).roles().get(role).toRepresentation();
        admin.realm().users().get(userId).roles().clientLevel(client).add(List.of(representation));
    }

    /** The user's names of groups, as full paths. */
    public List<String> groupsOf(String userId) {
        return admin.realm().users().get(userId).groups().stream()
                .map(GroupRepresentation::getPath)
                .sorted()
                .toList();
    }

    /** The user's realm roles that were given to him directly. */
    public List<String> realmRolesOf(String userId) {
        return admin.realm().users().get(userId).roles().realmLevel().listAll().stream()
                .map(RoleRepresentation::getName)
                .filter(role -> !role.startsWith("default-roles-"))
                .sorted()
                .toList();
    }

    /** How many sessions a person has, offline ones not counted. */
    public int sessionsOf(String userId) {
        return admin.realm().users().get(userId).getUserSessions().size();
    }

    /** The stored login events of a type, newest first. */
    public List<EventRepresentation> events(String type) {
        return admin.realm().getEvents(List.of(type), null, null, null, null, null, 0, 100);
    }

    /** All admin events of the realm, newest first; those of one request in any order. Keycloak itself would give a hundred. */
    public List<AdminEventRepresentation> adminEvents() {
        return admin.realm().getAdminEvents(null, null, null, null, null, null, null, null, 0, 100_000);
    }

    private RealmRepresentation tenantRealm() {
        RealmRepresentation realm = newRealm(name);
        realm.setAdminEventsEnabled(true);
        realm.setAdminEventsDetailsEnabled(true);
        realm.setBruteForceProtected(true);
        realm.setResetPasswordAllowed(true);
        realm.setInternationalizationEnabled(true);
        realm.setSupportedLocales(Set.of("en", "de"));
        realm.setDefaultLocale("en");
        RolesRepresentation roles = new RolesRepresentation();
        roles.setRealm(Stream.of("Admin", "User", "Guest", "sso-exempt")
                .map(role -> new RoleRepresentation(role, null, false))
                .toList());
        realm.setRoles(roles);
        GroupRepresentation teams = new GroupRepresentation();
        teams.setName("teams");
        realm.setGroups(List.of(teams));
        ClientRepresentation app = new ClientRepresentation();
        app.setClientId(OidcBrowser.CLIENT);
        app.setPublicClient(true);
        app.setStandardFlowEnabled(true);
        app.setDirectAccessGrantsEnabled(true);
        app.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
        realm.setClients(List.of(app));
        realm.setIdentityProviders(List.of(
                identityProvider(OKTA, "Okta", oktaRealm()), identityProvider(SOCIAL, "Social", socialRealm())));
        return realm;
    }

    private IdentityProviderRepresentation identityProvider(String alias, String displayName, String realm) {
        String issuer = server.url() + "/realms/" + realm;
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(alias);
        provider.setDisplayName(displayName);
        provider.setProviderId("oidc");
        provider.setEnabled(true);
        provider.setTrustEmail(true);
        Map<String, String> config = new HashMap<>();
        config.put("issuer", issuer);
        config.put("authorizationUrl", server.url() + "/realms/" + realm + "/protocol/openid-connect/auth");
        config.put("tokenUrl", issuer + "/protocol/openid-connect/token");
        config.put("userInfoUrl", issuer + "/protocol/openid-connect/userinfo");
        config.put("jwksUrl", issuer + "/protocol/openid-connect/certs");
        config.put("useJwksUrl", "true");
        config.put("validateSignature", "true");
        config.put("clientId", BROKER_CLIENT);
        config.put("clientSecret", BROKER_SECRET);
        config.put("clientAuthMethod", "client_secret_post");
        config.put("defaultScope", "openid profile email");
        config.put("loginHint", "true");
        config.put("syncMode", "LEGACY");
        provider.setConfig(config);
        return provider;
    }

    private static RealmRepresentation identityProviderRealm(String name) {
        ClientRepresentation broker = new ClientRepresentation();
        broker.setClientId(BROKER_CLIENT);
        broker.setSecret(BROKER_SECRET);
        broker.setStandardFlowEnabled(true);
        broker.setRedirectUris(List.of("*"));
        RealmRepresentation realm = newRealm(name);
        realm.setClients(List.of(broker));
        return realm;
    }

    private static RealmRepresentation newRealm(String name) {
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(name);
        realm.setEnabled(true);
        realm.setEventsEnabled(true);
        // Three realms for each class of tests: what costs processor time and is nobody's subject is made cheap.
        realm.setPasswordPolicy("hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
        realm.setComponents(SigningKey.component());
        return realm;
    }

    private void makeOwner() {
        String owner = localUser(OWNER, OWNER_PASSWORD);
        grant(owner, "sso-exempt");
        grantManagement(owner, "realm-admin");
    }

    private static UserRepresentation person(String email, String password) {
        String local = email.substring(0, email.indexOf('@'));
        UserRepresentation user = new UserRepresentation();
        user.setUsername(email);
        user.setEmail(email);
        user.setEmailVerified(true);
        user.setFirstName(Character.toUpperCase(local.charAt(0)) + local.substring(1));
        user.setLastName("Test");
        user.setEnabled(true);
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password);
        credential.setTemporary(false);
        user.setCredentials(List.of(credential));
        return user;
    }

    private String createUser(String realm, UserRepresentation user) {
        try (Response response = admin.keycloak().realm(realm).users().create(user)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    private void importRealm(RealmRepresentation realm) {
        admin.keycloak().realms().create(realm);
    }

    private static void require(Answer answer, int... statuses) {
        for (int status : statuses) {
            if (answer.status() == status) {
                return;
            }
        }
        throw new AssertionError("Unexpected answer: " + answer);
    }

    @Override
    public void close() {
        opened.forEach(AdminClient::close);
        for (String realm : List.of(name, oktaRealm(), socialRealm())) {
            admin.keycloak().realm(realm).remove();
        }
        admin.close();
    }
}
