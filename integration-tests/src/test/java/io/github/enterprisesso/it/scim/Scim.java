package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import java.util.List;
import org.keycloak.representations.idm.AdminEventRepresentation;

/** Bodies that many tests send, and what every error must look like. */
final class Scim {

    static final String USER_EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";
    static final String GROUP_EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Scim() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static String user(String userName) {
        return user(userName, "00u-" + userName);
    }

    static String user(String userName, String externalId) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s","externalId":"%s",
                 "name":{"givenName":"Jane","familyName":"Doe"},"emails":[{"primary":true,"value":"%s","type":"work"}]}
                """.formatted(userName, externalId, userName);
    }

    /** Creates a user and answers his id. */
    static String create(ScimClient scim, String userName) {
        Answer created = scim.post("/Users", user(userName));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.at("/id");
    }

    /** Creates a group and answers its id. */
    static String group(ScimClient scim, String name) {
        Answer created = scim.post("/Groups", "{\"displayName\":\"" + name + "\"}");
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.at("/id");
    }

    static String patch(String operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations + "]}";
    }

    /** What the connection's log has of a request; it is written behind the answers. */
    static JsonNode logged(Tenant tenant, String connection, Answer answer) {
        String log = "/scim-connections/" + tenant.connectionId(connection) + "/requests";
        String id = answer.header("X-Request-Id");
        return Eventually.get(
                "request " + id + " in the log of " + connection,
                () -> logged(tenant.admin().get(log), id),
                request -> !request.isMissingNode());
    }

    private static JsonNode logged(Answer log, String id) {
        for (JsonNode request : log.body()) {
            if (request.path("id").asText().equals(id)) {
                return request;
            }
        }
        return JSON.missingNode();
    }

    /** What administrators were told about the end of a token. */
    static List<AdminEventRepresentation> warnings(Tenant tenant, Answer token) {
        return tenant.adminEvents().stream()
                .filter(event -> event.getResourcePath().endsWith("/tokens/" + token.at("/id"))
                        && event.getOperationType().equals("ACTION"))
                .toList();
    }

    /** That it is an error of SCIM at all, the client has seen to. */
    static void assertError(Answer answer, int status, String scimType) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        assertThat(answer.at("/scimType")).as("%s", answer).isEqualTo(scimType == null ? "" : scimType);
    }
}
