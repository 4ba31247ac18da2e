package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The shapes that Microsoft Entra sends, in its default and in its compliant mode, and the roles of the extensions. */
@KeycloakTest
class ScimEntraIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "entra");
        scim = tenant.connect();
    }

    @Test
    @DisplayName("SCP-3 Entra's connection test finds nobody")
    void connectionTest() {
        Answer answer = scim.get("/Users?filter=userName eq \"0b3b8a5c-1f11-4e1c-9b7e-000000000000\"");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("totalResults").asInt(-1)).isZero();
        assertThat(answer.body().path("Resources").isArray()).isTrue();
    }

    @Test
    @DisplayName("SCP-11 USR-14 capitalised operations, string booleans, filtered paths, one operation per attribute")
    void defaultMode() {
        String id = scim.post("/Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "externalId":"eva","userName":"Eva@acme.test","active":true,"emails":[],"roles":[],
                 "meta":{"resourceType":"User"},"name":{"formatted":"E","familyName":"Em","givenName":"Eva"},
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"}}
                """).at("/id");

        Answer answer = scim.patch("/Users/" + id, Scim.patch("""
                {"op":"Replace","path":"active","value":"False"},
                {"op":"Add","path":"emails[type eq \\"work\\"].value","value":"Eva.Em@acme.test"},
                {"op":"Add","path":"addresses[type eq \\"work\\"].locality","value":"Bonn"},
                {"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"m"},
                {"op":"Replace","path":"name.familyName","value":"Emm"},
                {"op":"Add","path":"%s:OrganizationRole","value":"Guest"}
                """.formatted(Scim.USER_EXTENSION)));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().path("active").asBoolean(true)).isFalse();
        assertThat(answer.at("/emails/0/value")).isEqualTo("Eva.Em@acme.test");
        assertThat(answer.at("/name/familyName")).isEqualTo("Emm");
        assertThat(answer.body()
                        .path(Scim.USER_EXTENSION)
                        .path("OrganizationRole")
                        .asText())
                .isEqualTo("Guest");
        assertThat(tenant.admin().realm().users().get(id).toRepresentation().getAttributes())
                .containsEntry("organizationRole", List.of("Guest"));
    }

    @Test
    @DisplayName("SCP-12 a path-less replace with dotted and qualified keys")
    void compliantMode() {
        String id = Scim.create(scim, "otto@acme.test");

        Answer answer = scim.patch("/Users/" + id, Scim.patch("""
                {"op":"replace","value":{"name.givenName":"Otto","title":"Boss","%s:OrganizationRole":"Admin"}}
                """.formatted(Scim.USER_EXTENSION)));

        assertThat(answer.at("/name/givenName")).isEqualTo("Otto");
        assertThat(answer.body()
                        .path(Scim.USER_EXTENSION)
                        .path("OrganizationRole")
                        .asText())
                .isEqualTo("Admin");
    }

    @Test
    @DisplayName("GRP-8 GRP-9 members come and go in Entra's shapes")
    void members() {
        String user = Scim.create(scim, "member@acme.test");
        String group = scim.post("/Groups", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group",
                            "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                 "externalId":"g1","displayName":"Entra group","meta":{"resourceType":"Group"}}
                """).at("/id");

        scim.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"Add\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"" + user
                        + "\"}]}"));
        assertThat(scim.get("/Groups?filter=id eq \"" + group + "\" and members eq \"" + user + "\"&attributes=id")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isEqualTo(1);
        scim.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"Remove\",\"path\":\"members\",\"value\":[{\"$ref\":null,\"value\":\"" + user
                        + "\"}]}"));

        assertThat(scim.get("/Groups/" + group).body().path("members")).isEmpty();
    }

    @Test
    @DisplayName("GRP-4 GRP-7 roles of a group are set, stay when not mentioned, and go when emptied")
    void groupRoles() {
        String group = Scim.group(scim, "Roles");
        String path = "/Groups/" + group;

        scim.put(
                path,
                "{\"displayName\":\"Roles\",\"" + Scim.GROUP_EXTENSION
                        + "\":{\"LambdatestRoles\":[\"guest\",\"Admin\"]}}");
        assertThat(attribute(group)).containsExactlyInAnyOrder("Admin", "Guest");

        scim.put(path, "{\"displayName\":\"Roles\",\"members\":[]}");
        assertThat(attribute(group)).containsExactlyInAnyOrder("Admin", "Guest");

        scim.patch(
                path,
                Scim.patch("{\"op\":\"Replace\",\"path\":\"" + Scim.GROUP_EXTENSION
                        + ":LambdatestRoles\",\"value\":[\"User\"]}"));
        assertThat(attribute(group)).containsExactly("User");

        scim.patch(path, Scim.patch("{\"op\":\"remove\",\"path\":\"" + Scim.GROUP_EXTENSION + ":LambdatestRoles\"}"));
        assertThat(attribute(group)).isNull();
    }

    private static List<String> attribute(String group) {
        return tenant.admin()
                .realm()
                .groups()
                .group(group)
                .toRepresentation()
                .getAttributes()
                .get("scim.roles");
    }

    @Test
    @DisplayName("USR-11 USR-12 a role that Entra takes for multi-valued")
    void roleAsList() {
        String id = Scim.create(scim, "listed-role@acme.test");
        for (String role : List.of("User", "Admin")) {
            Answer answer = scim.patch(
                    "/Users/" + id,
                    Scim.patch("{\"op\":\"Add\",\"path\":\"" + Scim.USER_EXTENSION
                            + ":OrganizationRole\",\"value\":[{\"value\":\"" + role + "\"}]}"));

            assertThat(answer.body()
                            .path(Scim.USER_EXTENSION)
                            .path("OrganizationRole")
                            .asText())
                    .as("%s", answer)
                    .isEqualTo(role);
        }
    }

    @Test
    @DisplayName("USR-9 a PUT of the extension and active alone changes those alone")
    void partialPut() {
        String id = Scim.create(scim, "partial@acme.test");

        Answer answer = scim.put(
                "/Users/" + id, "{\"active\":false,\"" + Scim.USER_EXTENSION + "\":{\"OrganizationRole\":\"User\"}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/name/givenName")).isEqualTo("Jane");
        assertThat(answer.at("/emails/0/value")).isEqualTo("partial@acme.test");
        assertThat(answer.at("/externalId")).isEqualTo("00u-partial@acme.test");
        assertThat(answer.body().path("active").asBoolean(true)).isFalse();
    }
}
