package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** GET /Me, RFC 7644 section 3.11: people read their own resource with an access token of an allowed client. */
@KeycloakTest
class ScimMeIT {

    private static final String PASSWORD = "long-enough-1";

    @AutoClose
    static Tenant tenant;

    /** Its people may use /Me through the client of the tests. */
    static ScimClient open;

    /** Its people may not. */
    static ScimClient closed;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "me");
        open = tenant.connect(
                "open",
                Map.of(
                        "passwordSync",
                        "true",
                        "groupProvisioning",
                        "true",
                        "meClients",
                        "account, " + OidcBrowser.CLIENT));
        closed = tenant.connect("closed", Map.of("passwordSync", "true"));
    }

    private static String create(ScimClient scim, String userName) {
        Answer created = scim.post("/Users", """
                {"userName":"%s","externalId":"00u-%s","name":{"givenName":"Jane","familyName":"Doe"},"title":"Engineer",
                 "password":"%s","%s":{"OrganizationRole":"Guest"}}""".formatted(userName, userName, PASSWORD, Scim.USER_EXTENSION));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.at("/id");
    }

    private static Answer tokens(String userName) {
        Answer tokens = tenant.browser().directGrant(userName, PASSWORD);
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens;
    }

    /** A person's token opens no schemas; those of the connection say what he may see. */
    private static ScimClient me(Answer tokens) {
        return ScimClient.withToken(tenant.scimBaseUrl(), tokens.at("/access_token"))
                .describedTo(open);
    }

    private static ScimClient as(String userName) {
        return me(tokens(userName));
    }

    @Test
    @DisplayName("a person gets his own resource with its permanent address, without what only administrators may see")
    void own() {
        String id = create(open, "me@acme.test");
        String group = Scim.group(open, "Own group");
        open.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + id + "\"}]}"));
        ScimClient me = as("me@acme.test");

        Answer answer = me.get("/Me");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        String location = tenant.scimBaseUrl() + "/Users/" + id;
        assertThat(answer.header("Location")).isEqualTo(location);
        assertThat(answer.at("/meta/location")).isEqualTo(location);
        assertThat(answer.at("/id")).isEqualTo(id);
        assertThat(answer.at("/userName")).isEqualTo("me@acme.test");
        assertThat(answer.at("/title")).isEqualTo("Engineer");
        assertThat(answer.at("/groups/0/display")).isEqualTo("Own group");
        assertThat(answer.text()).doesNotContain("Guest", "OrganizationRole", Scim.USER_EXTENSION, "password");
        assertThat(open.get("/Users/" + id).text()).contains("Guest");

        assertThat(me.send("GET", "/Me", null, "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
        Answer picked = me.get("/Me?attributes=userName");
        assertThat(picked.body().has("title")).isFalse();
        assertThat(picked.at("/userName")).isEqualTo("me@acme.test");
        assertThat(me.get("/Me?filter=userName eq \"owner@tenant.test\"").at("/id"))
                .isEqualTo(id);
    }

    @Test
    @DisplayName("nobody changes himself, and the token opens nothing else: 405, 401; nothing has changed")
    void readOnly() {
        String id = create(open, "ambitious@acme.test");
        ScimClient me = as("ambitious@acme.test");
        String before = open.get("/Users/" + id).text();

        String promotion = Scim.patch(
                "{\"op\":\"replace\",\"path\":\"" + Scim.USER_EXTENSION + ":OrganizationRole\",\"value\":\"Admin\"}");
        for (Answer refused : List.of(
                me.patch("/Me", promotion),
                me.put("/Me", "{\"" + Scim.USER_EXTENSION + "\":{\"OrganizationRole\":\"Admin\"}}"),
                me.post("/Me", Scim.user("another@acme.test")),
                me.delete("/Me"))) {
            assertError(refused, 405, null);
            assertThat(refused.header("Allow")).isEqualTo("GET");
        }
        assertError(me.get("/Users"), 401, null);
        assertError(me.get("/Users/" + id), 401, null);
        assertError(me.patch("/Users/" + id, promotion), 401, null);
        assertError(me.get("/Me/" + id), 401, null);
        assertError(
                me.post(
                        "/Bulk",
                        "{\"Operations\":[{\"method\":\"PATCH\",\"path\":\"/Users/" + id + "\",\"data\":" + promotion
                                + "}]}"),
                401,
                null);

        assertThat(open.get("/Users/" + id).text()).isEqualTo(before);
    }

    @Test
    @DisplayName("only people of a connection that allows the client: others 403, whom nobody provisions 404")
    void whoMay() {
        create(closed, "closed@acme.test");
        tenant.localUser("local@acme.test", PASSWORD);

        assertError(as("closed@acme.test").get("/Me"), 403, null);
        assertError(as("local@acme.test").get("/Me"), 404, null);
        assertError(tenant.connect().get("/Me"), 403, null);
        assertError(open.withAuthorization("Bearer scim_unknown").get("/Me"), 401, null);
        assertError(open.withAuthorization(null).get("/Me"), 401, null);
        assertThat(tenant.events("CLIENT_LOGIN_ERROR"))
                .extracting(event -> event.getDetails().get("reason"))
                .contains("unknown_token");
    }

    @Test
    @DisplayName("only a living access token: no ID or refresh token, and none of a deactivated person")
    void livingTokens() {
        String id = create(open, "leaver@acme.test");
        Answer tokens = tokens("leaver@acme.test");
        ScimClient me = me(tokens);
        assertThat(me.get("/Me").status()).isEqualTo(200);

        for (String kind : List.of("/id_token", "/refresh_token")) {
            assertThat(tokens.at(kind)).isNotEmpty();
            assertError(open.withAuthorization("Bearer " + tokens.at(kind)).get("/Me"), 401, null);
        }
        assertThat(open.patch("/Users/" + id, Scim.patch("{\"op\":\"replace\",\"value\":{\"active\":false}}"))
                        .status())
                .isEqualTo(200);
        assertError(me.get("/Me"), 401, null);
    }

    @Test
    @DisplayName("the option names clients of the realm")
    void option() {
        JsonNode refused = tenant.admin()
                .post(
                        "/scim-connections",
                        Map.of(
                                "name",
                                "wrong",
                                "identityProvider",
                                Tenant.OKTA,
                                "options",
                                Map.of("meClients", "app, no-such-client")))
                .body();

        assertThat(refused.toString()).contains("meClients", "no-such-client").doesNotContain("[app");
    }
}
