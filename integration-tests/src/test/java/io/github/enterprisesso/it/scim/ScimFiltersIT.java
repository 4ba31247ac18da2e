package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.scim.FilterOracle.Case;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/** Filters of RFC 7644 section 3.4.2.2 on the database, compared with what they mean on the same resources. */
@KeycloakTest
@Tag("h2")
class ScimFiltersIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String CUSTOM = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";
    private static final int FILTERS = 60;

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static List<JsonNode> users;
    static List<JsonNode> groups;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "filters");
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        profile.addOrReplaceAttribute(mapped("tags", true));
        profile.addOrReplaceAttribute(mapped("color", false));
        UPAttribute floor = mapped("floor", false);
        floor.addValidation("integer", Map.of());
        profile.addOrReplaceAttribute(floor);
        tenant.admin().realm().users().userProfile().update(profile);
        scim = tenant.connect("filters", Map.of("groupProvisioning", "true", "adopt", "never"));
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            ids.add(create(user(i)));
        }
        for (int i = 0; i < 3; i++) {
            Answer group = scim.post("/Groups", """
                    {"displayName":"Team%s","externalId":"G%s","members":[{"value":"%s"},{"value":"%s"}]}
                    """.formatted("ABC".charAt(i), i, ids.get(i), ids.get(i + 1)));
            assertThat(group.status()).as("%s", group).isEqualTo(201);
        }
        users = page("/Users");
        groups = page("/Groups");
    }

    private static UPAttribute mapped(String name, boolean multivalued) {
        UPAttribute attribute =
                new UPAttribute(name, multivalued, new UPAttributePermissions(Set.of("admin"), Set.of("admin")));
        attribute.setAnnotations(Map.of("kc.scim.schema.attribute", CUSTOM + ":" + name));
        return attribute;
    }

    private static String create(String user) {
        Answer created = scim.post("/Users", user);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.at("/id");
    }

    /** Each differs from the next in what it has. */
    private static String user(int i) {
        String letter = String.valueOf((char) ('a' + i));
        StringBuilder json = new StringBuilder("{\"userName\":\"" + letter + "User@acme.test\",\"externalId\":\"Ext"
                + letter
                + "\",\"name\":{\"givenName\":\"" + (i % 2 == 0 ? "Jane" : "jOE") + "\",\"familyName\":\"Doe" + letter
                + "\"" + (i % 3 == 0 ? ",\"middleName\":\"Mid" + letter + "\"" : "") + "},\"active\":" + (i % 4 != 0));
        if (i % 2 == 1) {
            json.append(",\"title\":\"").append(i % 3 == 0 ? "Boss" : "clerk").append('"');
        }
        json.append(",\"emails\":[{\"value\":\"")
                .append(letter)
                .append("@acme.test\",\"type\":\"work\",\"primary\":true}");
        if (i % 3 == 1) {
            json.append(",{\"value\":\"").append(letter).append("@Home.test\",\"type\":\"home\"}");
        }
        json.append(']');
        if (i % 4 < 2) {
            json.append(",\"phoneNumbers\":[{\"value\":\"x")
                    .append(letter)
                    .append("\",\"type\":\"work\",\"primary\":true},");
            json.append("{\"value\":\"y")
                    .append(letter)
                    .append("\",\"type\":\"")
                    .append(i % 2 == 0 ? "Fax" : "home");
            json.append("\"}]");
        }
        if (i % 5 != 0) {
            json.append(",\"addresses\":[{\"type\":\"work\",\"locality\":\"").append(i % 2 == 0 ? "Bonn" : "Köln");
            json.append("\",\"country\":\"DE\"}]");
        }
        json.append(",\"").append(ENTERPRISE).append("\":{\"department\":\"").append(i % 3 == 0 ? "Sales" : "eng");
        json.append('"')
                .append(i % 2 == 0 ? ",\"manager\":{\"value\":\"m" + letter + "\"}" : "")
                .append('}');
        json.append(",\"")
                .append(CUSTOM)
                .append("\":{\"tags\":[\"t")
                .append(letter)
                .append("\",\"Tx\"],\"floor\":")
                .append(i % 4 + 8)
                .append(i % 3 == 0 ? "" : ",\"color\":\"" + (i % 2 == 0 ? "Red" : "blue") + "\"")
                .append('}');
        return json.append('}').toString();
    }

    private static List<JsonNode> page(String path) {
        List<JsonNode> resources = new ArrayList<>();
        scim.get(path).body().path("Resources").forEach(resources::add);
        return resources;
    }

    private static Answer find(String path, String filter) {
        return scim.get(path + "?filter="
                + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static List<String> found(String path, String filter) {
        Answer answer = find(path, filter);
        assertThat(answer.status()).as("%s: %s", filter, answer).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.body().path("Resources").forEach(one -> ids.add(one.path("id").asText()));
        assertThat(answer.body().path("totalResults").asInt()).isEqualTo(ids.size());
        return ids;
    }

    private static List<String> expected(List<JsonNode> resources, Case wanted) {
        return resources.stream()
                .filter(wanted.meaning())
                .map(one -> one.path("id").asText())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @DisplayName("SCP-10 random filters on users find the same as their meaning")
    void randomFiltersOnUsers(long seed) {
        FilterOracle oracle = new FilterOracle(
                seed,
                List.of(
                        "userName",
                        "id",
                        "externalId",
                        "active",
                        "name.givenName",
                        "name.familyName",
                        "name.middleName",
                        "name.formatted",
                        "title",
                        "nickName",
                        "emails.value",
                        "emails.type",
                        "phoneNumbers.type",
                        "phoneNumbers.value",
                        "addresses.locality",
                        "meta.created",
                        "meta.lastModified",
                        "groups.value",
                        "groups.display",
                        ENTERPRISE + ":department",
                        ENTERPRISE + ":manager.value",
                        CUSTOM + ":tags",
                        CUSTOM + ":color"),
                List.of(
                        "emails:value,type,primary",
                        "phoneNumbers:value,type,primary",
                        "addresses:type,locality,country,region",
                        "groups:value,display"),
                users);

        for (int i = 0; i < FILTERS; i++) {
            Case wanted = oracle.next(3);

            assertThat(found("/Users", wanted.filter())).as(wanted.filter()).isEqualTo(expected(users, wanted));
        }
    }

    @Test
    @DisplayName("SCP-10 random filters on groups find the same as their meaning")
    void randomFiltersOnGroups() {
        FilterOracle oracle = new FilterOracle(
                7,
                List.of("displayName", "id", "externalId", "members.value", "members.display", "meta.created"),
                List.of("members:value,display"),
                groups);

        for (int i = 0; i < FILTERS / 2; i++) {
            Case wanted = oracle.next(3);

            assertThat(found("/Groups", wanted.filter())).as(wanted.filter()).isEqualTo(expected(groups, wanted));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "userName eq \"AUSER@acme.test\"|1",
                "emails[type eq \"work\"].value eq \"B@acme.test\"|1",
                "emails[type eq \"home\"].value eq \"B@acme.test\"|0",
                "emails.value eq \"b@home.test\" or emails.value eq \"a@ACME.test\"|2",
                "emails eq \"b@home.test\"|1",
                "not (title pr)|6",
                "title eq null|6",
                "title ne \"boss\"|10",
                "title eq \"BOSS\" and not (name.givenName eq \"Jane\")|2",
                "urn:ietf:params:scim:schemas:core:2.0:User:title co \"ler\"|4",
                "externalId eq \"exta\"|0",
                "externalId eq \"Exta\" and active eq \"False\"|1",
                "name pr and manager pr|refused",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"ma\"|1",
                "addresses[locality eq \"bonn\" and country eq \"DE\"] and addresses.type eq \"WORK\"|4",
                "meta.resourceType eq \"user\"|12",
                "meta.created gt \"2020-01-01T00:00:00Z\" and meta.lastModified lt \"2099-01-01T00:00:00+02:00\"|12",
                "title co \"%\"|0",
                "title co \"_\"|0",
                "C:color eq \"red\" and C:tags eq \"TC\"|1",
                "C:color eq \"red\" and C:floor eq 8|2",
                "C:color eq \"red\" or C:floor eq 8|5",
                "C:color eq \"red\" and not (C:floor eq 8)|2",
                "not (C:color eq \"red\") and not (C:floor eq 8)|7",
                "not (C:color eq \"red\" and C:floor eq 8)|10",
                "C:color ne \"red\" and C:color ne \"blue\"|4",
                "C:color pr and not (C:color eq \"BLUE\")|4",
                "C:tags eq \"ta\" and C:tags eq \"tx\"|1",
                "C:tags eq \"ta\" and not (C:tags eq \"tb\")|1",
                "E:department eq \"sales\" and C:floor eq \"8\"|1",
                "C:floor ne 8|9",
                "C:floor sw \"1\"|6",
                "C:floor eq 8.5|0",
                "C:floor gt 8|refused",
                "C:floor eq \"eight\"|refused",
                "C:size eq 1|refused",
                "groups pr|4",
                "groups.display eq \"TEAMB\" and not (groups.display eq \"teama\")|1",
                "shoeSize eq 1|refused",
                "active gt true|refused",
                "userName eq 1|refused",
                "meta.created gt \"soon\"|refused",
                "userName eq|refused"
            })
    @DisplayName("SCP-10 what a filter finds, and what is refused")
    void examples(String written, String count) {
        String filter = written.replace("C:", CUSTOM + ":").replace("E:", ENTERPRISE + ":");
        if (count.equals("refused")) {
            Scim.assertError(find("/Users", filter), 400, "invalidFilter");
        } else {
            assertThat(found("/Users", filter)).as(filter).hasSize(Integer.parseInt(count));
        }
    }

    @Test
    @DisplayName("depth, length and number of comparisons have limits")
    void limits() {
        Scim.assertError(find("/Users", "(".repeat(30) + "id pr" + ")".repeat(30)), 400, "invalidFilter");
        Scim.assertError(find("/Users", "id pr" + " and id pr".repeat(60)), 400, "invalidFilter");
        Scim.assertError(find("/Users", "id eq \"" + "x".repeat(4100) + "\""), 400, "invalidFilter");
    }
}
