package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPAttributeRequired;
import org.keycloak.representations.userprofile.config.UPConfig;

/** PATCH in every shape, against a model; what changes nothing; and what the realm's user profile forbids. */
@KeycloakTest
class ScimPatchIT {

    private static final String ACME = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";
    private static final String TAGS = ACME + ":tags";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static String idle;
    static String idleGroup;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "patching");
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        UPAttribute tags = mapped("tags", "admin");
        tags.setMultivalued(true);
        UPAttribute desk = mapped("desk", "admin");
        desk.addValidation("length", Map.of("max", "5"));
        List.of(tags, desk, mapped("badge", "user")).forEach(profile::addOrReplaceAttribute);
        profile.getAttribute("lastName")
                .setPermissions(new UPAttributePermissions(Set.of("admin", "user"), Set.of("user")));
        tenant.admin().realm().users().userProfile().update(profile);
        scim = tenant.connect();
        idle = scim.post("/Users", """
                {"userName":"Idle@acme.test","externalId":"idle","name":{"givenName":"Ida"},"title":"Boss",
                 "phoneNumbers":[{"type":"work","value":"1","primary":true},{"type":"home","value":"2"}],
                 "addresses":[{"type":"work","locality":"Bonn"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R","manager":{"value":"m"}},
                 "%s":{"tags":["a","b"],"desk":"d-1"},"%s":{"OrganizationRole":"Admin"}}
                """.formatted(ACME, Scim.USER_EXTENSION)).at("/id");
        idleGroup = scim.post(
                        "/Groups",
                        "{\"displayName\":\"Idlers\",\"externalId\":\"g\",\"members\":[{\"value\":\"" + idle + "\"}]}")
                .at("/id");
    }

    private static UPAttribute mapped(String name, String editor) {
        UPAttribute attribute = new UPAttribute(name, new UPAttributePermissions(Set.of("admin"), Set.of(editor)));
        attribute.setAnnotations(Map.of("kc.scim.schema.attribute", ACME + ":" + name));
        return attribute;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946})
    @DisplayName("RFC 7644 section 3.5.2 random PATCH sequences do what a small model says")
    void sequences(long seed) {
        Random random = new Random(seed);
        PatchModel model = new PatchModel(random, TAGS);
        String path = "/Users/" + Scim.create(scim, "sequence-" + seed + "@acme.test");
        for (int i = 0; i < 12; i++) {
            ObjectNode request = model.request();
            if (random.nextInt(4) == 0) {
                ObjectNode refused = request.deepCopy();
                refused.withArray("Operations")
                        .addObject()
                        .put("op", "replace")
                        .put("path", "nothing")
                        .put("value", 1);
                refused.withArray("Operations")
                        .insert(0, Scim.json("{\"op\":\"add\",\"path\":\"title\",\"value\":\"x\"}"));
                String before = scim.get(path).text();
                assertError(scim.patch(path, refused), 400, "invalidPath");
                assertThat(scim.get(path).text()).as("seed %s", seed).isEqualTo(before);
            }

            Answer answer = scim.patch(path, request);

            assertThat(answer.status())
                    .as("seed %s: %s for %s", seed, answer, request)
                    .isEqualTo(200);
            assertThat(PatchModel.of(answer.body(), TAGS))
                    .as("seed %s after %s", seed, request)
                    .isEqualTo(model.state());
        }
        assertThat(PatchModel.of(scim.get(path).body(), TAGS)).isEqualTo(model.state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','value':{'active':true}}",
                "{'op':'Replace','path':'active','value':'True'}",
                "{'op':'replace','path':'userName','value':'Idle@acme.test'}",
                "{'op':'add','path':'title','value':'Boss'}",
                "{'op':'replace','path':'TITLE','value':' Boss '}",
                "{'op':'remove','path':'nickName'}",
                "{'op':'replace','path':'nickName','value':''}",
                "{'op':'replace','value':{'name.givenName':'Ida','id':'x','unknown':1}}",
                "{'op':'replace','path':'name','value':{'formatted':'Ida'}}",
                "{'op':'add','path':'phoneNumbers','value':[{'value':'1'}]}",
                "{'op':'add','path':'phoneNumbers','value':{'type':'work','value':'1','primary':'true'}}",
                "{'op':'replace','path':'phoneNumbers[type eq \\'work\\'].value','value':'1'}",
                "{'op':'remove','path':'phoneNumbers[type eq \\'fax\\']'}",
                "{'op':'remove','path':'addresses','value':[{'type':'home'}]}",
                "{'op':'add','path':'addresses','value':[{'locality':'Bonn'}]}",
                "{'op':'replace','path':'emails[type eq \\'work\\'].value','value':'Idle@acme.test'}",
                "{'op':'add','path':'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager','value':'m'}",
                "{'op':'Add','path':'urn:ietf:params:scim:schemas:extension:acme:2.0:User:tags','value':[{'value':'b'}]}",
                "{'op':'replace','path':'urn:ietf:params:scim:schemas:extension:acme:2.0:User:tags','value':['b','a','b']}",
                "{'op':'replace','path':'urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User:OrganizationRole','value':'admin'}",
                "{'op':'replace','path':'password','value':'secret-1'}",
                "{'op':'add','path':'photos','value':[{'value':'p'}]}",
                "{'op':'replace','path':'title','value':'x'},{'op':'replace','path':'title','value':'Boss'}"
            })
    @DisplayName("GRP-10 a PATCH of a user that changes nothing: no write, no event, the same version and lastModified")
    void noChangeOfUser(String operations) {
        String before = scim.get("/Users/" + idle).text();
        int events = tenant.adminEvents().size();

        Answer answer = scim.patch("/Users/" + idle, Scim.patch(quoted(operations)));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(before);
        assertThat(scim.get("/Users/" + idle).text()).isEqualTo(before);
        assertThat(tenant.adminEvents()).hasSize(events);
    }

    private static String quoted(String operations) {
        return operations.replace("\\'", "\\\"").replace('\'', '"');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'replace','value':{'id':'x','displayName':'Idlers'}}",
                "{'op':'replace','path':'externalId','value':'g'}",
                "{'op':'add','path':'members','value':[{'value':'IDLE'}]}",
                "{'op':'replace','path':'members','value':[{'value':'IDLE','display':'x'},{'value':'IDLE'}]}",
                "{'op':'remove','path':'members[value eq \\'nobody\\']'}",
                "{'op':'remove','path':'urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group:LambdatestRoles'}"
            })
    @DisplayName(
            "GRP-10 a PATCH of a group that changes nothing: no write, no event, the same version and lastModified")
    void noChangeOfGroup(String operations) {
        String path = "/Groups/" + idleGroup;
        String before = scim.get(path).text();
        int events = tenant.adminEvents().size();

        Answer answer = scim.patch(path, Scim.patch(quoted(operations.replace("IDLE", idle))));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(scim.get(path).text()).isEqualTo(before);
        assertThat(tenant.adminEvents()).hasSize(events);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "displayName|remove|mutability",
                "id|replace|mutability",
                "meta.created|replace|mutability",
                "members.display|replace|mutability",
                "members[value eq \\'x\\'].value|replace|invalidPath",
                "members[shoe eq \\'x\\']|remove|invalidFilter",
                "members.shoe|replace|invalidPath",
                "displayName.value|replace|invalidPath",
                "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group:Shoes|replace|invalidPath",
                "urn:acme:2.0:Group:x|replace|invalidPath"
            })
    @DisplayName("RFC 7644 section 3.5.2 a path of a group that is unknown, required or read-only")
    void groupPaths(String path, String op, String scimType) {
        String before = scim.get("/Groups/" + idleGroup).text();

        assertError(
                scim.patch(
                        "/Groups/" + idleGroup,
                        Scim.patch(quoted("{'op':'" + op + "','path':'" + path + "','value':'x'}"))),
                400,
                scimType);

        assertThat(scim.get("/Groups/" + idleGroup).text()).isEqualTo(before);
    }

    @Test
    @DisplayName("SCP-15 unknown attributes of POST and PUT are ignored, wherever they stand")
    void unknownAttributes() {
        String unknown = "\"shoeSize\":5,\"urn:acme:shoes:2.0:User\":{\"size\":5},\"urn:acme:shoes:2.0:User:size\":5,"
                + "\"photos\":[{\"value\":\"p\"}],";
        Answer created = scim.post("/Users", Scim.user("unknown@acme.test").replaceFirst("\\{", "{" + unknown));
        String path = "/Users/" + created.at("/id");

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.text()).doesNotContain("shoe", "photos");
        Answer replaced = scim.put(path, """
                {"shoeSize":6,"name":{"nickName":"x"},"emails":[{"value":"unknown@acme.test","shoe":1,"type":"work"}],
                 "%s":{"shoe":5}}
                """.formatted(ACME));
        assertThat(replaced.status()).as("%s", replaced).isEqualTo(200);
        assertThat(replaced.text()).isEqualTo(created.text());
    }

    @Test
    @DisplayName("USR-8 validation of the user profile holds on POST, PUT and PATCH, and nothing changes")
    void validation() {
        String before = scim.get("/Users/" + idle).text();
        String tooLong = "{\"title\":\"x\",\"" + ACME + "\":{\"desk\":\"too-long\"}}";

        assertError(
                scim.post(
                        "/Users",
                        Scim.user("desk@acme.test").replaceFirst("\\{", "{\"" + ACME + "\":{\"desk\":\"too-long\"},")),
                400,
                "invalidValue");
        assertError(scim.put("/Users/" + idle, tooLong), 400, "invalidValue");
        assertError(
                scim.patch(
                        "/Users/" + idle,
                        Scim.patch("{\"op\":\"add\",\"path\":\"" + ACME + ":desk\",\"value\":\"too-long\"}")),
                400,
                "invalidValue");

        assertThat(scim.get("/Users/" + idle).text()).isEqualTo(before);
        assertThat(scim.get("/Users?filter=userName eq \"desk@acme.test\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    @DisplayName("USR-8 what the user profile requires cannot be taken away by PUT or PATCH")
    void requiredByProfile() {
        String id = scim.post(
                        "/Users",
                        Scim.user("seated@acme.test").replaceFirst("\\{", "{\"" + ACME + "\":{\"desk\":\"d-2\"},"))
                .at("/id");
        requireDesk(true);
        try {
            for (Answer answer : List.of(
                    scim.post("/Users", Scim.user("standing@acme.test")),
                    scim.put("/Users/" + id, "{\"" + ACME + "\":{\"desk\":null}}"),
                    scim.patch("/Users/" + id, Scim.patch("{\"op\":\"remove\",\"path\":\"" + ACME + ":desk\"}")),
                    scim.patch("/Users/" + id, Scim.patch("{\"op\":\"remove\",\"path\":\"" + ACME + "\"}")))) {
                assertError(answer, 400, "invalidValue");
                assertThat(answer.at("/detail")).contains("desk");
            }
        } finally {
            requireDesk(false);
        }
        assertThat(scim.get("/Users/" + id).body().path(ACME).path("desk").asText())
                .isEqualTo("d-2");
    }

    private static void requireDesk(boolean required) {
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        profile.getAttribute("desk").setRequired(required ? new UPAttributeRequired(Set.of("admin"), Set.of()) : null);
        tenant.admin().realm().users().userProfile().update(profile);
    }

    @Test
    @DisplayName(
            "USR-8 what only the person may edit is published read-only, passed over by POST and PUT, refused in a path")
    void editPermissions() {
        UserRepresentation person = tenant.admin().realm().users().get(idle).toRepresentation();
        assertThat(person.getLastName()).isNull();
        Answer created = scim.post("/Users", """
                {"userName":"editor@acme.test","name":{"givenName":"Eddy","familyName":"Editor"},"%s":{"badge":"1"}}
                """.formatted(ACME));
        String path = "/Users/" + created.at("/id");

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.text()).doesNotContain("Editor", "badge");
        Answer replaced = scim.put(
                path, "{\"title\":\"T\",\"name\":{\"familyName\":\"Other\"},\"" + ACME + "\":{\"badge\":\"2\"}}");
        assertThat(replaced.at("/title")).isEqualTo("T");
        assertThat(replaced.text()).doesNotContain("Other", "badge");
        for (String operation : List.of(
                "{'op':'replace','path':'name.familyName','value':'Other'}",
                "{'op':'remove','path':'name.familyName'}",
                "{'op':'add','path':'" + ACME + ":badge','value':'2'}")) {
            assertError(scim.patch(path, Scim.patch(quoted(operation))), 400, "mutability");
        }
        Answer passedOver = scim.patch(
                path, Scim.patch(quoted("{'op':'replace','value':{'name':{'familyName':'Other','givenName':'Ed'}}}")));
        assertThat(passedOver.at("/name/givenName")).isEqualTo("Ed");
        assertThat(passedOver.text()).doesNotContain("Other");
        assertThat(scim.get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                        .body()
                        .path("attributes")
                        .findParents("name"))
                .filteredOn(attribute -> attribute.path("name").asText().equals("familyName"))
                .singleElement()
                .satisfies(attribute ->
                        assertThat(attribute.path("mutability").asText()).isEqualTo("readOnly"));
    }

    @Test
    @DisplayName("USR-8 there is one primary value: a new one takes over, two in one list are refused")
    void onePrimary() {
        String id = Scim.create(scim, "primary@acme.test");

        Answer moved = scim.patch("/Users/" + id, Scim.patch(quoted("""
                {'op':'add','path':'emails','value':[{'value':'second@acme.test','type':'home'}]},
                {'op':'replace','path':'emails[type eq \\'home\\'].primary','value':true}
                """)));

        assertThat(moved.status()).as("%s", moved).isEqualTo(200);
        assertThat(moved.at("/emails/0/value")).isEqualTo("second@acme.test");
        assertThat(tenant.admin().realm().users().get(id).toRepresentation().getEmail())
                .isEqualTo("second@acme.test");
        assertError(
                scim.put(
                        "/Users/" + id,
                        quoted("{'phoneNumbers':[{'value':'1','primary':true},{'value':'2','primary':true}]}")),
                400,
                "invalidValue");
    }

    @Test
    @DisplayName(
            "USR-13 USR-10 USR-14 LambdatestGroup is kept as the user attribute exclusiveGroup, under every name and shape")
    void exclusiveGroup() {
        String id = scim.post(
                        "/Users",
                        Scim.user("pooled@acme.test")
                                .replaceFirst(
                                        "\\{", "{\"" + Scim.USER_EXTENSION + "\":{\"LambdatestGroup\":\"Pool A\"},"))
                .at("/id");
        assertThat(exclusiveGroup(id)).containsExactly("Pool A");
        assertThat(scim.get("/Users/" + id)
                        .body()
                        .path(Scim.USER_EXTENSION)
                        .path("LambdatestGroup")
                        .asText())
                .isEqualTo("Pool A");

        scim.put("/Users/" + id, "{\"" + Scim.USER_EXTENSION.toLowerCase() + ":lambdatestgroup\":\"Pool B\"}");
        assertThat(exclusiveGroup(id)).containsExactly("Pool B");
        scim.patch(
                "/Users/" + id,
                Scim.patch("{\"op\":\"Add\",\"path\":\"" + Scim.USER_EXTENSION
                        + ":LambdatestGroup\",\"value\":\"Pool C\"}"));
        assertThat(exclusiveGroup(id)).containsExactly("Pool C");
        scim.patch(
                "/Users/" + id,
                Scim.patch(
                        "{\"op\":\"replace\",\"value\":{\"" + Scim.USER_EXTENSION + ":LambdatestGroup\":\"Pool D\"}}"));
        assertThat(exclusiveGroup(id)).containsExactly("Pool D");
        assertThat(scim.get("/Users?filter=" + Scim.USER_EXTENSION + ":LambdatestGroup eq \"pool d\"")
                        .at("/Resources/0/id"))
                .isEqualTo(id);
        scim.patch(
                "/Users/" + id,
                Scim.patch("{\"op\":\"remove\",\"path\":\"" + Scim.USER_EXTENSION + ":LambdatestGroup\"}"));
        assertThat(exclusiveGroup(id)).isNull();
        assertThat(tenant.admin()
                        .realm()
                        .users()
                        .userProfile()
                        .getConfiguration()
                        .getAttribute("exclusiveGroup")
                        .getPermissions()
                        .getEdit())
                .containsExactly("admin");
    }

    private static List<String> exclusiveGroup(String id) {
        Map<String, List<String>> attributes =
                tenant.admin().realm().users().get(id).toRepresentation().getAttributes();
        return attributes == null ? null : attributes.get("exclusiveGroup");
    }
}
