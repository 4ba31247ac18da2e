package io.github.enterprisesso.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The operations of a provisioning client in a realm of many users, by our endpoint, by Keycloak's own SCIM API and by admin
 * REST, on one server in one run. Arguments: the unpacked distribution, the bundle, a directory for data and logs, and the
 * number of users. Prints a Markdown table.
 */
public final class AtScale {

    private static final String REALM = "bench";

    private AtScale() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 4) {
            System.err.println("Arguments: <distribution> <bundle> <directory> <users>");
            System.exit(2);
        }
        int users = Integer.parseInt(arguments[3]);
        if (users < 1000) {
            throw new IllegalArgumentException("users: " + users + "; allowed are 1000 and more");
        }
        try (Server server = Server.start(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))) {
            Apis apis = connect(server, REALM);
            declareExternalId(apis.admin());
            String parent = apis.admin()
                    .get("/groups?search=okta&exact=true")
                    .path(0)
                    .path("id")
                    .asText();
            Seed seed = Seed.plant(
                    server.database(), apis.realmId(), apis.connectionId(), parent, users, Math.min(10_000, users / 2));
            System.out.println(users + " users, " + seed.members().size() + " members in the large group");
            System.out.println(Result.HEADER);
            new UserWork(server, apis, seed).run();
            new GroupWork(server, apis, seed).run();
        }
    }

    /** Without it Keycloak's own SCIM API forgets the external id, and finds nobody by it. */
    private static void declareExternalId(Client admin) {
        ObjectNode profile = (ObjectNode) admin.get("/users/profile");
        ObjectNode attribute = profile.withArray("attributes")
                .addObject()
                .put("name", "externalId")
                .put("displayName", "External id");
        attribute.putObject("permissions").putArray("view").add("admin");
        attribute.withObject("permissions").putArray("edit").add("admin");
        attribute.putObject("annotations").put("kc.scim.schema.attribute", "externalId");
        admin.put("/users/profile", profile.toString());
    }

    /** A realm with a connection of ours, the same rights for Keycloak's APIs, and no limit of requests. */
    static Apis connect(Server server, String realm) {
        Client master = new Client(server.url() + "/admin/realms", "application/json", masterToken(server));
        master.post("", """
                {"realm":"%s","enabled":true,"scimApiEnabled":true,"adminEventsEnabled":true,
                 "adminEventsDetailsEnabled":true,"accessTokenLifespan":36000,
                 "identityProviders":[{"alias":"okta","providerId":"oidc","enabled":true,"config":{"clientId":"bench",
                   "clientSecret":"bench","authorizationUrl":"https://idp.test/auth","tokenUrl":"https://idp.test/token"}}],
                 "clients":[{"clientId":"bench","secret":"bench-secret","serviceAccountsEnabled":true,
                   "standardFlowEnabled":false,"protocolMappers":[{"name":"scim","protocol":"openid-connect",
                   "protocolMapper":"oidc-audience-mapper","config":{"access.token.claim":"true",
                   "included.custom.audience":"%s/realms/%s/scim/v2"}}]}]}""".formatted(realm, server.url(), realm));
        makeAdministrator(master, realm);
        String realmId = master.get("/" + realm).path("id").asText();
        String connection = master.post("/" + realm + "/scim-connections", """
                {"name":"okta","identityProvider":"okta",
                 "options":{"groupProvisioning":"true","linkUserId":"none","requestsPerMinute":"0"}}""");
        String token = master.postForJson(
                        "/" + realm + "/scim-connections/" + connection + "/tokens", "{\"label\":\"bench\"}")
                .path("token")
                .asText();
        Client ours =
                new Client(server.url() + "/realms/" + realm + "/scim-provisioning/v2", "application/scim+json", token);
        ours.post("/Groups", "{\"displayName\":\"first\"}");
        String access = Client.form(server.url() + "/realms/" + realm)
                .postForJson(
                        "/protocol/openid-connect/token",
                        "grant_type=client_credentials&client_id=bench&client_secret=bench-secret")
                .path("access_token")
                .asText();
        return new Apis(
                ours,
                new Client(server.url() + "/realms/" + realm + "/scim/v2", "application/scim+json", access),
                new Client(server.url() + "/admin/realms/" + realm, "application/json", access),
                realmId,
                connection);
    }

    private static String masterToken(Server server) {
        return Client.form(server.url() + "/realms/master")
                .postForJson(
                        "/protocol/openid-connect/token",
                        "grant_type=password&client_id=admin-cli&username=" + Server.ADMIN + "&password="
                                + Server.PASSWORD)
                .path("access_token")
                .asText();
    }

    private static void makeAdministrator(Client master, String realm) {
        String clients = "/" + realm + "/clients";
        String bench =
                master.get(clients + "?clientId=bench").path(0).path("id").asText();
        String account = master.get(clients + "/" + bench + "/service-account-user")
                .path("id")
                .asText();
        String management = master.get(clients + "?clientId=realm-management")
                .path(0)
                .path("id")
                .asText();
        JsonNode role = master.get(clients + "/" + management + "/roles/realm-admin");
        master.post("/" + realm + "/users/" + account + "/role-mappings/clients/" + management, "[" + role + "]");
    }
}
