package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/** Every attribute that Okta and Entra send is stored and comes back, in our table or where the user profile maps it. */
@KeycloakTest
@Tag("h2")
class ScimAttributesIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String CUSTOM = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "attributes");
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        Set<String> administrators = Set.of("admin");
        profile.addOrReplaceAttribute(mapped("tags", CUSTOM + ":tags", administrators, true));
        profile.addOrReplaceAttribute(mapped("division", ENTERPRISE + ":division", administrators, false));
        profile.addOrReplaceAttribute(mapped("badge", CUSTOM + ":badge", Set.of("user"), false));
        UPAttribute floor = mapped("floor", CUSTOM + ":floor", administrators, false);
        floor.addValidation("integer", Map.of("min", "1", "max", "40"));
        profile.addOrReplaceAttribute(floor);
        tenant.admin().realm().users().userProfile().update(profile);
        scim = tenant.connect();
    }

    private static UPAttribute mapped(String name, String path, Set<String> editors, boolean multivalued) {
        UPAttribute attribute = new UPAttribute(name, new UPAttributePermissions(Set.of("admin"), editors));
        attribute.setAnnotations(Map.of("kc.scim.schema.attribute", path));
        attribute.setMultivalued(multivalued);
        return attribute;
    }

    private static String full(String userName) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","%1$s","%3$s"],"userName":"%2$s",
                 "externalId":"00u-%2$s",
                 "name":{"givenName":"Ada","familyName":"King","middleName":"Augusta","honorificPrefix":"Lady",
                         "honorificSuffix":"Countess","formatted":"Ada, Countess of Lovelace"},
                 "displayName":"Ada Lovelace","nickName":"Ada","profileUrl":"https://acme.test/Ada","title":"Analyst",
                 "userType":"Employee","preferredLanguage":"en","locale":"en-US","timezone":"Europe/London",
                 "emails":[{"value":"%2$s","type":"work","primary":true},{"value":"Ada@Home.test","type":"home"}],
                 "phoneNumbers":[{"value":"+44 1","type":"work","primary":true},{"value":"+44 2","type":"mobile"}],
                 "addresses":[{"type":"work","streetAddress":"12 St James's Square","locality":"London",
                               "region":"GL","postalCode":"SW1Y 4JH","country":"GB","primary":true}],
                 "roles":[{"value":"analyst","primary":false}],"entitlements":[{"value":"e1","display":"E 1"}],
                 "%1$s":{"employeeNumber":"7","costCenter":"C1","organization":"Acme","division":"Engines",
                         "department":"R&D","manager":{"value":"m-1","displayName":"Charles"}},
                 "%3$s":{"tags":["a","b"],"floor":12}}
                """.formatted(ENTERPRISE, userName, CUSTOM);
    }

    @Test
    @DisplayName("USR-8 what was sent comes back from POST, GET, lists and an echoed PUT, which changes nothing")
    void everythingComesBack() {
        Answer created = scim.post("/Users", full("Ada@acme.test"));
        String path = "/Users/" + created.at("/id");

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(sent(created.body())).isEqualTo(Scim.json(full("Ada@acme.test")));
        assertThat(sent(scim.get(path).body())).isEqualTo(Scim.json(full("Ada@acme.test")));
        assertThat(sent(scim.get("/Users?filter=userName eq \"ada@acme.test\"")
                        .body()
                        .at("/Resources/0")))
                .isEqualTo(Scim.json(full("Ada@acme.test")));
        assertThat(scim.put(path, scim.get(path).text()).at("/meta/lastModified"))
                .isEqualTo(created.at("/meta/lastModified"));
    }

    /** Without what the service adds. */
    private static JsonNode sent(JsonNode user) {
        ObjectNode sent = user.deepCopy();
        sent.remove(List.of("id", "meta", "groups", "active"));
        return sent;
    }

    @Test
    @DisplayName("USR-10 the user profile keeps what it maps, custom and core, and administrators see it")
    void mappedAttributes() {
        String id = scim.post("/Users", full("mapped@acme.test")).at("/id");

        assertThat(attributes(id))
                .containsEntry("tags", List.of("a", "b"))
                .containsEntry("floor", List.of("12"))
                .containsEntry("division", List.of("Engines"));

        Answer patched = scim.patch("/Users/" + id, Scim.patch("""
                {"op":"Replace","path":"%1$s:tags","value":["c"]},
                {"op":"Remove","path":"%2$s:division"},
                {"op":"Replace","path":"%1$s:floor","value":"13"}
                """.formatted(CUSTOM, ENTERPRISE)));

        assertThat(patched.status()).as("%s", patched).isEqualTo(200);
        assertThat(patched.body().path(CUSTOM)).isEqualTo(Scim.json("{\"tags\":[\"c\"],\"floor\":13}"));
        assertThat(attributes(id)).containsEntry("tags", List.of("c")).doesNotContainKey("division");
    }

    private static Map<String, List<String>> attributes(String id) {
        return tenant.admin().realm().users().get(id).toRepresentation().getAttributes();
    }

    @Test
    @DisplayName("what the user profile forbids: its validation is a 400, what administrators may not edit stays")
    void profileRules() {
        String id = scim.post("/Users", full("rules@acme.test")).at("/id");

        Scim.assertError(
                scim.put("/Users/" + id, "{\"title\":\"no\",\"" + CUSTOM + "\":{\"floor\":99}}"), 400, "invalidValue");
        Answer noNumber = scim.put("/Users/" + id, "{\"title\":\"no\",\"" + CUSTOM + "\":{\"floor\":\"top\"}}");
        Scim.assertError(noNumber, 400, "invalidValue");
        assertThat(noNumber.at("/detail")).startsWith("floor: 'floor' is");
        assertThat(scim.get("/Users/" + id).at("/title")).isEqualTo("Analyst");
        assertThat(scim.put("/Users/" + id, "{\"" + CUSTOM + "\":{\"badge\":\"x\"}}")
                        .status())
                .isEqualTo(200);
        assertThat(attributes(id)).doesNotContainKey("badge");
        Scim.assertError(
                scim.patch(
                        "/Users/" + id,
                        Scim.patch("{\"op\":\"replace\",\"path\":\"" + CUSTOM + ":badge\",\"value\":\"x\"}")),
                400,
                "mutability");
    }

    @Test
    @DisplayName("USR-8 a PUT replaces what it mentions, removes what it empties, and leaves the rest")
    void put() {
        String path = "/Users/" + scim.post("/Users", full("put@acme.test")).at("/id");

        Answer changed = scim.put(path, """
                {"title":"Director","nickName":"","displayName":null,"phoneNumbers":[{"value":"+49","type":"work"}],
                 "addresses":[],"name":{"middleName":null},"%s":{"manager":"m-2","costCenter":null}}
                """.formatted(ENTERPRISE));

        assertThat(changed.at("/title")).isEqualTo("Director");
        assertThat(changed.body().has("nickName")).isFalse();
        assertThat(changed.body().has("displayName")).isFalse();
        assertThat(changed.body().has("addresses")).isFalse();
        assertThat(changed.body().path("phoneNumbers")).isEqualTo(Scim.json("[{\"value\":\"+49\",\"type\":\"work\"}]"));
        assertThat(changed.body().path("name").has("middleName")).isFalse();
        assertThat(changed.at("/name/honorificPrefix")).isEqualTo("Lady");
        assertThat(changed.body().path(ENTERPRISE).path("manager")).isEqualTo(Scim.json("{\"value\":\"m-2\"}"));
        assertThat(changed.body().path(ENTERPRISE).has("costCenter")).isFalse();
        assertThat(changed.body().path(ENTERPRISE).path("department").asText()).isEqualTo("R&D");
        assertThat(changed.at("/locale")).isEqualTo("en-US");
    }

    @Test
    @DisplayName("one address is Keycloak's, the primary one; the others keep their type")
    void emails() {
        String id = scim.post("/Users", full("emails@acme.test")).at("/id");

        Answer answer = scim.patch("/Users/" + id, Scim.patch("""
                {"op":"Replace","path":"emails[type eq \\"home\\"].value","value":"New@Home.test"},
                {"op":"Add","path":"emails[type eq \\"other\\"].value","value":"other@acme.test"}
                """));

        assertThat(answer.body().path("emails")).hasSize(3);
        assertThat(answer.at("/emails/0/value")).isEqualTo("emails@acme.test");
        assertThat(answer.at("/emails/1/value")).isEqualTo("New@Home.test");
        assertThat(answer.at("/emails/2/type")).isEqualTo("other");

        scim.put("/Users/" + id, "{\"emails\":[{\"value\":\"only@acme.test\",\"type\":\"home\",\"primary\":true}]}");
        assertThat(scim.get("/Users/" + id).body().path("emails"))
                .isEqualTo(Scim.json("[{\"value\":\"only@acme.test\",\"type\":\"home\",\"primary\":true}]"));
        assertThat(tenant.admin().realm().users().get(id).toRepresentation().getEmail())
                .isEqualTo("only@acme.test");
    }

    @Test
    @DisplayName("SCP-17 /Schemas and /ResourceTypes name every attribute and extension of this realm")
    void discovery() {
        assertThat(scim.get("/Schemas/" + CUSTOM).body().path("attributes").findValuesAsText("name"))
                .contains("tags", "floor", "badge");
        assertThat(scim.get("/Schemas/" + ENTERPRISE).body().path("attributes").findValuesAsText("name"))
                .contains("department", "manager");
        assertThat(scim.get("/ResourceTypes/User")
                        .body()
                        .path("schemaExtensions")
                        .findValuesAsText("schema"))
                .contains(ENTERPRISE, CUSTOM, Scim.USER_EXTENSION);
    }
}
