package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Secrets go in and never come out: not in an answer, not in an event, not in the log. */
@KeycloakTest
@Tag("smoke")
class ScimRedactionIT {

    private static final String PASSWORD = "Passw0rd-of-nobody-else";

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "redaction");
    }

    @Test
    @DisplayName("SCP-15 TOK-7 no password and no token in answers, admin events and the server's log")
    void nothingLeaks(KeycloakServer keycloak) {
        ScimClient scim = tenant.connect("redacting", Map.of("passwordSync", "true", "groupProvisioning", "true"));
        String withPassword = Scim.user("secret@acme.test").replaceFirst("\\{", "{\"password\":\"" + PASSWORD + "\",");
        var created = scim.post("/Users", withPassword);
        assertThat(created.status()).isEqualTo(201);
        var again = scim.post("/Users", withPassword);
        var patched = scim.patch(
                "/Users/" + created.at("/id"),
                Scim.patch("{\"op\":\"replace\",\"path\":\"password\",\"value\":\"" + PASSWORD + "-2\"},"
                        + "{\"op\":\"replace\",\"path\":\"active\",\"value\":\"maybe\"}"));
        var replaced = scim.put("/Users/" + created.at("/id"), withPassword.replace("Jane", "June"));
        var broken = scim.send("POST", "/Users", "application/scim+json", withPassword.replace("\"emails\"", "emails"));
        scim.withAuthorization("Bearer " + scim.token() + "x").get("/Users");

        assertThat(created.text() + again.text() + patched.text() + replaced.text() + broken.text())
                .doesNotContain(PASSWORD);
        assertThat(replaced.at("/name/givenName")).isEqualTo("June");
        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().startsWith("users/" + created.at("/id")))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getRepresentation()).doesNotContain(PASSWORD, scim.token()));
        assertThat(keycloak.log()).doesNotContain(PASSWORD, scim.token());
    }

    @Test
    @DisplayName("AUD-1 an update tells what was before and after")
    void beforeAndAfter() {
        ScimClient scim = tenant.connect("auditing", Map.of());
        String id = Scim.create(scim, "changing@acme.test");

        scim.put("/Users/" + id, "{\"name\":{\"familyName\":\"After\"}}");

        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().equals("users/" + id)
                        && event.getOperationType().equals("UPDATE"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getRepresentation()).contains("\"before\"", "Doe", "\"after\"", "After"));
    }
}
