package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.localrun.Directory.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.StreamSupport;

/** What an administrator sets up in the tenant realm, through admin REST; every step may be repeated. */
final class Setup {
    static final String REALM = "acme";
    static final String PROVIDER = "okta";
    static final String SOCIAL = "social";

    /** Was provisioned, still has a local password from before, and has linked a social account: the way in is Okta all the same. */
    static final String TRIAL_PERSON = "maya.okafor@acme.example";

    static final String SOCIAL_ID = "social-100200300";
    static final String SOCIAL_LOGIN = "maya";

    /** Holds the exempt role and administers the tenant realm. */
    static final String EXEMPT_PERSON = "it-admin@acme.example";

    static final String EXEMPT_ROLE = "sso-exempt";

    private static final String TOKEN_LABEL = "run-local.sh";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonHttp http;
    private final AdminApi admin;
    private final Progress progress;

    Setup(JsonHttp http, AdminApi admin, Progress progress) {
        this.http = http;
        this.admin = admin;
        this.progress = progress;
    }

    /** The identity providers of the tenant are realms of this very server: they move when its port does. */
    void providersAt(String keycloakUrl) {
        for (String alias : new String[] {PROVIDER, SOCIAL}) {
            ObjectNode provider = (ObjectNode) admin.get(REALM + "/identity-provider/instances/" + alias);
            ObjectNode config = (ObjectNode) provider.path("config");
            ObjectNode moved = config.deepCopy();
            config.properties()
                    .forEach(option -> moved.put(
                            option.getKey(),
                            option.getValue().asText().replaceFirst("^http://localhost:\\d+/", keycloakUrl + "/")));
            if (!moved.equals(config)) {
                provider.set("config", moved);
                admin.put(REALM + "/identity-provider/instances/" + alias, provider);
            }
        }
    }

    /** The SCIM connection of the provider, with a token that works: the one on file, else a new one instead of it. */
    Connection connect(Connection known) {
        return progress.value("Making the SCIM connection and its token", () -> connected(known));
    }

    /** Everybody in, roles given, SSO enforced. What was done with exactly this directory is not done again. */
    void demo(Home home, Connection connection) {
        try {
            String directoryFile = Files.readString(home.directoryFile());
            if (!Files.exists(home.pushed()) || !Files.readString(home.pushed()).equals(directoryFile)) {
                Directory directory = Directory.read(home.directoryFile());
                push(directory, connection);
                progress.step("Giving roles to pushed groups", step -> {
                    groupRoles(directory);
                    trialPerson(connection.demoPassword());
                });
                Files.writeString(home.pushed(), directoryFile);
            }
        } catch (IOException e) {
            throw new Failure("the sample directory cannot be pushed: " + e, e);
        }
        progress.step("Enforcing SSO", step -> policy("ENFORCE"));
    }

    /** Nobody pushed, nothing enforced, even if an earlier run on the same database did. */
    void noDemo() {
        policy("OFF");
    }

    private Connection connected(Connection known) {
        JsonNode connection = StreamSupport.stream(
                        admin.get(REALM + "/scim-connections").spliterator(), false)
                .filter(each -> each.path("name").asText().equals(PROVIDER))
                .findFirst()
                .orElseGet(this::newConnection);
        String baseUrl = connection.path("baseUrl").asText();
        if (known.token() != null && new OktaClient(http, baseUrl, known.token()).accepted()) {
            return known.with(baseUrl, known.token());
        }
        return known.with(baseUrl, newToken(connection.path("id").asText()));
    }

    private void push(Directory directory, Connection connection) {
        OktaClient okta = new OktaClient(http, connection.baseUrl(), connection.token());
        String what = "Pushing " + directory.people().size() + " people and "
                + directory.groups().size() + " groups through SCIM, as Okta does";
        progress.step(what, step -> {
            okta.testConnection();
            okta.push(directory, step::detail);
        });
    }

    /** Okta's group push carries no roles: an administrator says on our side what a pushed group's members become. */
    private void groupRoles(Directory directory) {
        JsonNode pushed = admin.all(REALM + "/group-mappings/groups");
        for (Group group : directory.groups()) {
            if (group.role().isPresent()) {
                StreamSupport.stream(pushed.spliterator(), false)
                        .filter(each -> each.path("name").asText().equals(group.name()))
                        .forEach(each ->
                                groupRole(each.path("id").asText(), group.role().get()));
            }
        }
    }

    /** What the demo refuses: a local password and a social account of somebody who has to come through Okta. */
    private void trialPerson(String password) {
        String user = REALM + "/users/" + userId(TRIAL_PERSON);
        admin.put(
                user + "/reset-password",
                JSON.objectNode().put("type", "password").put("value", password).put("temporary", false));
        boolean linked = StreamSupport.stream(
                        admin.get(user + "/federated-identity").spliterator(), false)
                .anyMatch(link -> link.path("identityProvider").asText().equals(SOCIAL));
        if (!linked) {
            admin.post(
                    user + "/federated-identity/" + SOCIAL,
                    JSON.objectNode()
                            .put("identityProvider", SOCIAL)
                            .put("userId", SOCIAL_ID)
                            .put("userName", SOCIAL_LOGIN));
        }
    }

    /** @param mode {@code OFF}, {@code REPORT} or {@code ENFORCE}, with Okta as the one way in */
    private void policy(String mode) {
        if (admin.get(REALM + "/sso-policy").path("mode").asText("OFF").equals(mode)) {
            return;
        }
        ObjectNode policy = JSON.objectNode();
        policy.put("mode", mode)
                .put("exemptRole", EXEMPT_ROLE)
                .putArray("allowedProviders")
                .add(PROVIDER);
        admin.put(REALM + "/sso-policy", policy);
    }

    private JsonNode newConnection() {
        ObjectNode connection = JSON.objectNode().put("name", PROVIDER).put("identityProvider", PROVIDER);
        connection.putObject("options").put("groupProvisioning", "true");
        return admin.post(REALM + "/scim-connections", connection);
    }

    private String newToken(String connectionId) {
        String tokens = REALM + "/scim-connections/" + connectionId + "/tokens";
        JsonNode old = admin.get(tokens);
        String token = admin.post(tokens, JSON.objectNode().put("label", TOKEN_LABEL))
                .path("token")
                .asText();
        for (JsonNode each : old) {
            if (each.path("label").asText().equals(TOKEN_LABEL)) {
                admin.delete(tokens + "/" + each.path("id").asText());
            }
        }
        return token;
    }

    private void groupRole(String groupId, String role) {
        ObjectNode group = (ObjectNode) admin.get(REALM + "/groups/" + groupId);
        JsonNode wanted = JSON.arrayNode().add(role);
        if (group.path("attributes").path("scim.roles").equals(wanted)) {
            return;
        }
        group.withObject("/attributes").set("scim.roles", wanted);
        admin.put(REALM + "/groups/" + groupId, group);
        admin.post(REALM + "/group-mappings/groups/" + groupId + "/reconcile", null);
    }

    private String userId(String username) {
        JsonNode users = admin.get(REALM + "/users?exact=true&username=" + AdminApi.encode(username));
        if (users.isEmpty()) {
            throw new Failure(username + " is not in realm " + REALM + ": was the sample directory pushed?");
        }
        return users.path(0).path("id").asText();
    }
}
