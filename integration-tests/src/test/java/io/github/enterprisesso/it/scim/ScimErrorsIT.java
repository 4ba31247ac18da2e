package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Bad input: the error of the protocol, and nothing half-applied. */
@KeycloakTest
@Tag("h2")
class ScimErrorsIT {

    private static final String SCIM_JSON = "application/scim+json";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static String user;
    static String group;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "errors");
        scim = tenant.connect();
        user = Scim.create(scim, "victim@acme.test");
        group = Scim.group(scim, "Victims");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer", "non-token", "Basic dXNlcjpwYXNz", ""})
    @DisplayName("SCP-4 without a valid token: 401 with WWW-Authenticate")
    void unauthorized(String header) {
        Answer answer = scim.withAuthorization(header.isEmpty() ? null : header).get("/Users");

        assertError(answer, 401, null);
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Users/unknown", "/Groups/unknown", "/Nonsense", "", "/Users/a/b", "/Schemas/urn:no"})
    @DisplayName("SCP-5 what is not there: 404")
    void notFound(String path) {
        assertError(scim.get(path), 404, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    @DisplayName("SCP-5 nothing has a name with U+0000, which no database can look for: 404")
    void unspeakable(String method) {
        for (String path : List.of("/Users/%00", "/Groups/" + group + "%00")) {
            assertError(scim.raw(method, path, Map.of("Content-Type", SCIM_JSON), "{}".getBytes(UTF_8)), 404, null);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Schemas", "/ResourceTypes", "/ServiceProviderConfig"})
    @DisplayName("RFC 7644 section 4 what describes the service cannot be filtered: 403")
    void filteredDescription(String path) {
        assertError(scim.get(path + "?filter=id pr"), 403, null);
    }

    @Test
    @DisplayName("SCP-5 writing to what is not there: 404")
    void writeNotFound() {
        assertError(scim.put("/Users/unknown", Scim.user("x@acme.test")), 404, null);
        assertError(scim.patch("/Groups/unknown", Scim.patch("{\"op\":\"remove\",\"path\":\"members\"}")), 404, null);
        assertError(scim.delete("/Users/unknown"), 404, null);
    }

    @Test
    @DisplayName("RFC 7644 a method that a path does not have: 405 with Allow")
    void methodNotAllowed() {
        Answer answer = scim.delete("/Users");

        assertError(answer, 405, null);
        assertThat(answer.header("Allow")).isEqualTo("GET, POST");
        assertError(scim.post("/ServiceProviderConfig", "{}"), 405, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "application/xml"})
    @DisplayName("RFC 7644 a body that is not JSON by its type: 415, and no user without a name")
    void unsupportedMediaType(String type) {
        assertError(scim.send("POST", "/Users", type, Scim.user("form@acme.test")), 415, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "nonsense", ";", "application"})
    @DisplayName("RFC 7644 a media type that is none: 415, though Keycloak cannot read it either; reading goes on")
    void unreadableMediaType(String type) {
        Answer answer = scim.send("POST", "/Users", type, Scim.user("form@acme.test"));

        assertError(answer, 415, null);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(scim.send("GET", "/Users/" + user, null, "Content-Type", type)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"userName\":", "", "[]", "\"text\"", "{} {}", "null", "{\"a\":NaN}"})
    @DisplayName("RFC 7644 malformed JSON: 400 invalidSyntax")
    void malformed(String body) {
        assertError(scim.send("POST", "/Users", SCIM_JSON, body), 400, "invalidSyntax");
        assertError(scim.send("PATCH", "/Users/" + user, SCIM_JSON, body), 400, "invalidSyntax");
    }

    @Test
    @DisplayName("the parser does not repeat what it has read")
    void malformedSecret() {
        Answer answer = scim.send("POST", "/Users", SCIM_JSON, "{\"password\":\"s3cret-of-jane\" \"x\"}");

        assertError(answer, 400, "invalidSyntax");
        assertThat(answer.text()).doesNotContain("s3cret-of-jane");
    }

    @ParameterizedTest
    @CsvSource({
        "{},userName",
        "{'userName':''},userName",
        "{'userName':'no-address'},userName",
        "{'userName':{}},userName",
        "{'userName':'a@b.test'},name.givenName",
        "{'userName':'a@b.test' 'name':{'givenName':'A'}},name.familyName",
        "{'userName':'a@b.test' 'name':{'givenName':'A' 'familyName':'B'} 'active':'maybe'},active",
        "{'userName':'a@b.test' 'name':{'givenName':'A' 'familyName':'B'} 'emails':[{'value':'x'}]},emails.value"
    })
    @DisplayName("USR-1 USR-2 USR-5 a user that lacks or spoils something: 400 invalidValue that names it")
    void invalidUser(String body, String attribute) {
        Answer answer = scim.post(
                "/Users", body.replace('\'', '"').replace("\" \"", "\",\"").replace("} \"", "},\""));

        assertError(answer, 400, "invalidValue");
        assertThat(answer.at("/detail")).contains(attribute);
    }

    @Test
    @DisplayName("USR-11 an organization role that there is not: 400 that lists them")
    void invalidRole() {
        Answer answer = scim.put("/Users/" + user, "{\"" + Scim.USER_EXTENSION + "\":{\"OrganizationRole\":\"King\"}}");

        assertError(answer, 400, "invalidValue");
        assertThat(answer.at("/detail")).contains("OrganizationRole", "Admin, User, Guest");
    }

    @Test
    @DisplayName("USR-3 a new userName: 400 mutability; another spelling of the same: fine")
    void rename() {
        assertError(scim.put("/Users/" + user, "{\"userName\":\"other@acme.test\"}"), 400, "mutability");

        assertThat(scim.put("/Users/" + user, "{\"userName\":\"VICTIM@acme.test\"}")
                        .at("/userName"))
                .isEqualTo("VICTIM@acme.test");
        assertThat(scim.put("/Users/" + user, "{\"userName\":\"victim@acme.test\"}")
                        .at("/userName"))
                .isEqualTo("victim@acme.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shoeSize eq \"x\"",
                "userName eq",
                "userName",
                "userName eq victim",
                "userName gt null",
                "active eq \"maybe\"",
                "userName eq 5",
                "(userName eq \"x\""
            })
    @DisplayName("SCP-10 a filter that cannot be used: 400 invalidFilter")
    void invalidFilter(String filter) {
        assertError(scim.get("/Users?filter=" + filter), 400, "invalidFilter");
        assertError(scim.get("/Groups?filter=" + filter), 400, "invalidFilter");
    }

    @Test
    @DisplayName("SCP-9 a page that is no number: 400 invalidValue")
    void invalidPage() {
        assertError(scim.get("/Users?startIndex=one"), 400, "invalidValue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'op':'move','path':'title'}|invalidSyntax",
                "{'op':'remove'}|noTarget",
                "{'op':'replace','path':'active'}|invalidValue",
                "{'op':'replace','path':'emails[','value':1}|invalidPath",
                "{'op':'replace','path':'shoeSize','value':1}|invalidPath",
                "{'op':'replace','path':'urn:acme:2.0:User:badge','value':1}|invalidPath",
                "{'op':'replace','path':'id','value':'x'}|mutability",
                "{'op':'add','path':'groups','value':[]}|mutability",
                "{'op':'replace','value':5}|invalidValue",
                "{'op':'replace','path':'userName','value':null}|invalidValue"
            })
    @DisplayName("RFC 7644 a PATCH that cannot be applied: the error of table 9")
    void invalidPatch(String operation, String scimType) {
        String before = scim.get("/Users/" + user).text();

        assertError(scim.patch("/Users/" + user, Scim.patch(operation.replace('\'', '"'))), 400, scimType);

        assertThat(scim.get("/Users/" + user).text()).isEqualTo(before);
    }

    @Test
    @DisplayName("SCP-18 one wrong operation takes the whole PATCH back")
    void atomicUser() {
        String before = scim.get("/Users/" + user).text();
        int events = tenant.adminEvents().size();

        Answer answer = scim.patch("/Users/" + user, Scim.patch("""
                {"op":"replace","path":"name.givenName","value":"Changed"},
                {"op":"replace","path":"active","value":false},
                {"op":"add","path":"%s:OrganizationRole","value":"King"}
                """.formatted(Scim.USER_EXTENSION)));

        assertError(answer, 400, "invalidValue");
        assertThat(scim.get("/Users/" + user).text()).isEqualTo(before);
        assertThat(tenant.adminEvents()).hasSize(events);
    }

    @Test
    @DisplayName("SCP-18 GRP-11 an unknown member takes the rename and the other members back")
    void atomicGroup() {
        Answer answer = scim.put("/Groups/" + group, """
                {"displayName":"Renamed","members":[{"value":"%s"},{"value":"unknown"}]}
                """.formatted(user));

        assertError(answer, 400, "invalidValue");
        assertThat(answer.at("/detail")).contains("members.value", "unknown");
        Answer after = scim.get("/Groups/" + group);
        assertThat(after.at("/displayName")).isEqualTo("Victims");
        assertThat(after.body().path("members")).isEmpty();
        assertThat(tenant.groupsOf(user)).isEmpty();
    }

    @Test
    @DisplayName(
            "SCP-18 a group that is refused is not there; the parent group made for it stays, empty, with its event")
    void atomicCreation() {
        ScimClient fresh = tenant.connect("fresh", Map.of("groupProvisioning", "true"));

        assertError(
                fresh.post("/Groups", "{\"displayName\":\"Half\",\"members\":[{\"value\":\"unknown\"}]}"),
                400,
                "invalidValue");

        assertThat(fresh.get("/Groups").body().path("totalResults").asInt()).isZero();
        GroupRepresentation parent = tenant.admin().realm().getGroupByPath("/fresh");
        assertThat(parent.getSubGroupCount()).isZero();
        assertThat(tenant.adminEvents())
                .filteredOn(event -> "fresh"
                        .equals(
                                event.getDetails() == null
                                        ? null
                                        : event.getDetails().get("scim_connection")))
                .extracting(event -> event.getOperationType() + " " + event.getResourcePath())
                .containsExactly("CREATE groups/" + parent.getId());
    }

    @Test
    @DisplayName("GRP-3 a group needs a name of its own: 400 without, 409 for another's, in any case")
    void groupName() {
        assertError(scim.post("/Groups", "{}"), 400, "invalidValue");
        assertError(scim.post("/Groups", "{\"displayName\":\"VICTIMS\"}"), 409, "uniqueness");
        String other = Scim.group(scim, "Others");
        assertError(scim.put("/Groups/" + other, "{\"displayName\":\"victims\"}"), 409, "uniqueness");
        assertError(scim.put("/Groups/" + other, "{\"displayName\":null}"), 400, "invalidValue");
    }

    @Test
    @DisplayName("GRP-4 roles of a group are checked like those of a user")
    void groupRoles() {
        assertError(
                scim.put("/Groups/" + group, "{\"" + Scim.GROUP_EXTENSION + "\":{\"LambdatestRoles\":[\"King\"]}}"),
                400,
                "invalidValue");
    }

    @Test
    @DisplayName("USR-11 GRP-4 a role that the connection does not know, once stored, stands in nobody's way")
    void foreignRole() {
        // That values are among the canonical ones is a suggestion, RFC 7643 section 7.
        ScimClient own =
                tenant.connect("foreign", Map.of("groupProvisioning", "true")).unchecked();
        String person = Scim.create(own, "foreign@acme.test");
        String owners = Scim.group(own, "Owners");
        own.put("/Groups/" + owners, "{\"members\":[{\"value\":\"" + person + "\"}]}");
        UserRepresentation user = tenant.admin().realm().users().get(person).toRepresentation();
        user.singleAttribute("organizationRole", "Owner");
        tenant.admin().realm().users().get(person).update(user);
        GroupRepresentation stored =
                tenant.admin().realm().groups().group(owners).toRepresentation();
        stored.singleAttribute("scim.roles", "Owner");
        tenant.admin().realm().groups().group(owners).update(stored);

        assertThat(own.put("/Groups/" + owners, own.get("/Groups/" + owners).body())
                        .status())
                .isEqualTo(200);
        Answer emptied = own.patch(
                "/Groups/" + owners,
                Scim.patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + person + "\\\"]\"}"));
        assertThat(emptied.status()).as("%s", emptied).isEqualTo(200);
        assertThat(tenant.groupsOf(person)).isEmpty();
        assertThat(own.put("/Users/" + person, own.get("/Users/" + person).body())
                        .status())
                .isEqualTo(200);
        Answer deactivated =
                own.patch("/Users/" + person, Scim.patch("{\"op\":\"replace\",\"value\":{\"active\":false}}"));
        assertThat(deactivated.status()).as("%s", deactivated).isEqualTo(200);
        assertThat(deactivated
                        .body()
                        .path(Scim.USER_EXTENSION)
                        .path("OrganizationRole")
                        .asText())
                .isEqualTo("Owner");
    }

    @Test
    @DisplayName("SCP-6 an external id belongs to one user")
    void externalId() {
        assertError(scim.post("/Users", Scim.user("thief@acme.test", "00u-victim@acme.test")), 409, "uniqueness");
        assertThat(scim.get("/Users?filter=userName eq \"thief@acme.test\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    @DisplayName("text that no database takes is refused")
    void controlCharacters() {
        assertError(
                scim.post("/Users", Scim.user("nul@acme.test").replace("\"Jane\"", "\"Ja\\u0000ne\"")),
                400,
                "invalidValue");
        assertThat(scim.unchecked().get("/Users?filter=userName eq \"a%00b\"").status())
                .as("refused by Keycloak before it is ours")
                .isEqualTo(400);
        assertError(scim.post("/Users", Scim.user("x".repeat(300) + "@acme.test")), 400, "invalidValue");
    }

    @Test
    @DisplayName("SCP-13 unknown query parameters mean nothing")
    void unknownParameters() {
        assertThat(scim.get("/Users?aadOptscim062020=&x=y").status()).isEqualTo(200);
    }
}
