package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.client.Simultaneously;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** Versions of resources, RFC 7644 section 3.14. */
@KeycloakTest
@Tag("h2")
class ScimVersionsIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "versions");
        scim = tenant.connect();
    }

    private static String familyName(String name) {
        return Scim.patch("{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"" + name + "\"}");
    }

    private static String add(String user) {
        return Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]}");
    }

    @Test
    @DisplayName("the service says so, and every answer about one resource carries its version as header and in meta")
    void told() {
        assertThat(scim.get("/ServiceProviderConfig")
                        .body()
                        .at("/etag/supported")
                        .asBoolean())
                .isTrue();
        Answer created = scim.post("/Users", Scim.user("told@acme.test"));
        String user = "/Users/" + created.at("/id");
        String version = created.header("ETag");

        assertThat(version).startsWith("W/\"");
        assertThat(created.at("/meta/version")).isEqualTo(version);
        assertThat(scim.get(user).at("/meta/version")).isEqualTo(version);
        assertThat(scim.get(user + "?attributes=userName").header("ETag")).isEqualTo(version);
        assertThat(scim.get("/Users?filter=userName eq \"told@acme.test\"").at("/Resources/0/meta/version"))
                .isEqualTo(version);
    }

    @Test
    @DisplayName(
            "a reader who has the version gets 304 and no body, also when somebody else than SCIM could have changed it")
    void notModified() {
        String id = Scim.create(scim, "reader@acme.test");
        String user = "/Users/" + id;
        String version = scim.get(user).header("ETag");

        Answer same = scim.send("GET", user, null, "If-None-Match", version);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.text()).isNullOrEmpty();
        assertThat(same.header("ETag")).isEqualTo(version);

        UserRepresentation byAdministrator =
                tenant.admin().realm().users().get(id).toRepresentation();
        byAdministrator.setLastName("Married");
        tenant.admin().realm().users().get(id).update(byAdministrator);
        Answer changed = scim.send("GET", user, null, "If-None-Match", version);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/name/familyName")).isEqualTo("Married");
    }

    @Test
    @DisplayName("a write with the version passes once; with the old one it is 412 and nothing changes")
    void writers() {
        String user = "/Users/" + Scim.create(scim, "writer@acme.test");
        String version = scim.get(user).header("ETag");

        Answer first = scim.send("PATCH", user, familyName("First"), "If-Match", version);
        assertThat(first.status()).as("%s", first).isEqualTo(200);
        assertThat(first.header("ETag")).isNotEqualTo(version);
        assertError(scim.send("PATCH", user, familyName("Second"), "If-Match", version), 412, null);
        assertError(scim.send("PUT", user, Scim.user("writer@acme.test"), "If-Match", version), 412, null);
        assertError(scim.send("DELETE", user, null, "If-Match", version), 412, null);
        assertThat(scim.get(user).at("/name/familyName")).isEqualTo("First");

        assertThat(scim.send("PATCH", user, familyName("Third"), "If-Match", "W/\"x\", " + first.header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(scim.send("PATCH", user, familyName("Fourth"), "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertError(scim.send("PATCH", "/Users/nobody", familyName("Fifth"), "If-Match", "*"), 404, null);
    }

    @Test
    @DisplayName("of several writers with the same version one passes, the others are 412")
    void race() throws Exception {
        String user = "/Users/" + Scim.create(scim, "race@acme.test");
        String version = scim.get(user).header("ETag");

        List<Answer> answers =
                Simultaneously.call(6, i -> scim.send("PATCH", user, familyName("Name " + i), "If-Match", version));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 412).containsOnlyOnce(200);
    }

    @Test
    @DisplayName("a group's version follows its name and its members, and both of its versions serve for If-Match")
    void groups() {
        String member = Scim.create(scim, "member@acme.test");
        String other = Scim.create(scim, "other@acme.test");
        String group = "/Groups/" + Scim.group(scim, "Versioned");
        String whole = scim.get(group).header("ETag");
        String light = scim.get(group + "?excludedAttributes=members").header("ETag");

        assertThat(scim.send("GET", group, null, "If-None-Match", whole).status())
                .isEqualTo(304);
        Answer added = scim.send("PATCH", group, add(member), "If-Match", whole);
        assertThat(added.status()).as("%s", added).isEqualTo(200);
        assertError(scim.send("PATCH", group, add(other), "If-Match", whole), 412, null);
        assertError(scim.send("PATCH", group, add(other), "If-Match", light), 412, null);
        assertThat(scim.send("PATCH", group, add(other), "If-Match", added.header("ETag"))
                        .status())
                .isEqualTo(200);

        String before = scim.get(group).header("ETag");
        tenant.admin().realm().users().get(other).leaveGroup(group.substring("/Groups/".length()));
        assertThat(scim.send("GET", group, null, "If-None-Match", before).status())
                .isEqualTo(200);
    }
}
