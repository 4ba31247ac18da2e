package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.ArrayList;
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

/** Sorting, selection of attributes and POST /.search. */
@KeycloakTest
@Tag("h2")
class ScimListsIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "lists");
        scim = tenant.connect("lists", Map.of("groupProvisioning", "true", "adopt", "never"));
        user("a", "Zoe", "\"title\":\"beta\"");
        user("b", "adam", "\"title\":\"Alpha\"");
        user("c", "Bob", "\"nickName\":\"x\"");
        scim.post("/Groups", "{\"displayName\":\"beta\",\"externalId\":\"1\"}");
        scim.post("/Groups", "{\"displayName\":\"Alpha\",\"externalId\":\"2\"}");
    }

    private static void user(String name, String familyName, String more) {
        Answer created = scim.post("/Users", """
                {"userName":"%1$s@acme.test","externalId":"E%1$s","name":{"givenName":"G","familyName":"%2$s"},%3$s,
                 "%4$s":{"department":"D%1$s","manager":{"value":"M"}}}
                """.formatted(name, familyName, more, ENTERPRISE));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
    }

    private static String names(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        List<String> names = new ArrayList<>();
        answer.body()
                .path("Resources")
                .forEach(one -> names.add(one.path("userName").asText().substring(0, 1)));
        return String.join("", names);
    }

    @ParameterizedTest
    @CsvSource({
        "userName,abc,cba",
        "name.familyName,bca,acb",
        "title,bac,cab",
        "emails,abc,cba",
        "emails.value,abc,cba",
        "externalId,abc,cba",
        ENTERPRISE + ":department,abc,cba",
        ENTERPRISE + ":manager,abc,abc",
        "meta.created,abc,cba",
        "name.formatted,bca,acb"
    })
    @DisplayName("RFC 7644 3.4.2.3 the order asked for, both ways, those without a value at its end")
    void sorting(String by, String ascending, String descending) {
        assertThat(names(scim.get("/Users?sortBy=" + by))).isEqualTo(ascending);
        assertThat(names(scim.get("/Users?sortOrder=descending&sortBy=" + by))).isEqualTo(descending);
        assertThat(names(scim.get("/Users?startIndex=2&count=1&sortBy=" + by))).isEqualTo(ascending.substring(1, 2));
    }

    @Test
    void groupsAreSorted() {
        assertThat(scim.get("/Groups?sortBy=displayName").at("/Resources/0/displayName"))
                .isEqualTo("Alpha");
        assertThat(scim.get("/Groups?sortBy=externalId").at("/Resources/0/displayName"))
                .isEqualTo("beta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sortBy=shoeSize", "sortBy=userName.x", "sortBy=userName&sortOrder=up", "sortBy=password"})
    void whatCannotBeSorted(String query) {
        Scim.assertError(scim.get("/Users?" + query), 400, "invalidValue");
    }

    @Test
    @DisplayName("RFC 7644 3.9 attributes and excludedAttributes down to sub-attributes, on lists and single users")
    void selection() {
        Answer list = scim.get("/Users?count=1&attributes=name.familyName," + ENTERPRISE + ":manager.value");

        assertThat(list.body().at("/Resources/0/name")).isEqualTo(Scim.json("{\"familyName\":\"Zoe\"}"));
        assertThat(list.body().at("/Resources/0").path(ENTERPRISE))
                .isEqualTo(Scim.json("{\"manager\":{\"value\":\"M\"}}"));
        assertThat(list.body().at("/Resources/0").has("userName")).isFalse();
        String path = "/Users/" + list.at("/Resources/0/id");
        Answer one = scim.get(path + "?excludedAttributes=name.givenName,meta,title," + ENTERPRISE);
        assertThat(one.body().path("name").has("givenName")).isFalse();
        assertThat(one.at("/name/familyName")).isEqualTo("Zoe");
        assertThat(one.body().has("meta")
                        || one.body().has("title")
                        || one.body().has(ENTERPRISE))
                .isFalse();
    }

    @Test
    @DisplayName("RFC 7644 3.4.3 POST /.search finds what GET finds")
    void search() {
        Answer found = scim.post("/Users/.search", """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"attributes":["userName"],
                 "filter":"title pr","sortBy":"title","startIndex":1,"count":10}
                """);

        assertThat(names(found)).isEqualTo("ba");
        assertThat(found.body().path("totalResults").asInt()).isEqualTo(2);
        assertThat(found.body().at("/Resources/0").has("name")).isFalse();
        assertThat(scim.post("/Groups/.search", "{\"filter\":\"externalId eq \\\"2\\\"\"}")
                        .at("/Resources/0/displayName"))
                .isEqualTo("Alpha");
        Scim.assertError(scim.post("/Users/.search", "{\"filter\":\"x\"}"), 400, "invalidFilter");
        Scim.assertError(scim.get("/Users/.search"), 405, null);
    }
}
