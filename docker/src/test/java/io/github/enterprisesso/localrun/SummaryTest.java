package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Summary summary = new Summary(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    @DisplayName("each provisioned person with role, reason and teams; who was not provisioned is left out")
    void people() throws Exception {
        List<JsonNode> users = list(json("""
                [{"id": "2", "userName": "zoe@x.example", "externalId": "00u2", "active": false,
                  "name": {"givenName": "Zoë", "familyName": "Lefèvre"}},
                 {"id": "1", "userName": "ann@x.example", "externalId": "00u1", "active": true,
                  "name": {"givenName": "Ann", "familyName": "Lo"}},
                 {"id": "3", "userName": "local@x.example", "active": true, "name": {}}]"""));
        JsonNode grants = json("""
                [{"userId": "1", "kind": "TEAM", "targetName": "B", "reason": "because of B"},
                 {"userId": "1", "kind": "TEAM", "targetName": "A", "reason": "because of A"},
                 {"userId": "1", "kind": "ROLE", "targetName": "Admin", "reason": "Group A carries it."}]""");

        summary.people(users, (ArrayNode) grants);

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("""

                People provisioned through SCIM: 2

                User           Name         Active  Role   Why  Teams
                -------------  -----------  ------  -----  ---  -----
                ann@x.example  Ann Lo       yes     Admin  [1]  A, B
                zoe@x.example  Zoë Lefèvre  no

                [1] Group A carries it.
                """);
    }

    @Test
    @DisplayName("each pushed group with its team; one without a mapping too")
    void groups() throws Exception {
        JsonNode groups = json("""
                [{"name": "A", "memberCount": 3, "roles": ["Admin"],
                  "mappings": [{"targetName": "A-Team", "status": "AUTO_APPROVED", "rule": "all"}]},
                 {"name": "B", "memberCount": 0, "roles": [], "mappings": []}]""");

        summary.groups((ArrayNode) groups);

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("""

                Pushed groups and their teams: 2

                Pushed group  Members  Role   Team    Status         Rule
                ------------  -------  -----  ------  -------------  ----
                A             3        Admin  A-Team  AUTO_APPROVED  all
                B             0               -       -              -
                """);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
