package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is there now, for the person at the terminal: plain text in at most 120 columns. */
final class Summary {
    private static final int WIDTH = 120;

    private final PrintStream out;

    Summary(PrintStream out) {
        this.out = out;
    }

    /**
     * Reasons are sentences that many people share: the table has their numbers, the sentences follow it.
     *
     * @param users SCIM users as the endpoint lists them; those without an {@code externalId} were there before and stay away
     * @param grants {@code GET group-mappings/grants}
     */
    void people(List<JsonNode> users, ArrayNode grants) {
        List<JsonNode> provisioned = users.stream()
                .filter(user -> user.hasNonNull("externalId"))
                .sorted(Comparator.comparing(user -> user.path("userName").asText()))
                .toList();
        List<String> reasons = stream(grants)
                .filter(Summary::isRole)
                .map(Summary::reason)
                .distinct()
                .sorted()
                .toList();
        Table table = new Table(WIDTH, "User", "Name", "Active", "Role", "Why", "Teams");
        for (JsonNode user : provisioned) {
            List<JsonNode> own = stream(grants)
                    .filter(grant -> grant.path("userId").equals(user.path("id")))
                    .toList();
            JsonNode name = user.path("name");
            table.row(
                    user.path("userName").asText(),
                    (name.path("givenName").asText() + " "
                                    + name.path("familyName").asText())
                            .strip(),
                    user.path("active").asBoolean() ? "yes" : "no",
                    targets(own.stream().filter(Summary::isRole)),
                    own.stream()
                            .filter(Summary::isRole)
                            .map(grant -> "[" + (reasons.indexOf(reason(grant)) + 1) + "]")
                            .collect(Collectors.joining(" ")),
                    targets(own.stream().filter(grant -> !isRole(grant))));
        }
        section("People provisioned through SCIM: " + provisioned.size(), table);
        out.println();
        for (String reason : reasons) {
            out.println("[" + (reasons.indexOf(reason) + 1) + "] " + reason);
        }
    }

    /** @param groups {@code GET group-mappings/groups} */
    void groups(ArrayNode groups) {
        Table table = new Table(WIDTH, "Pushed group", "Members", "Role", "Team", "Status", "Rule");
        for (JsonNode group : groups) {
            String name = group.path("name").asText();
            String members = group.path("memberCount").asText();
            String roles = stream(group.path("roles")).map(JsonNode::asText).collect(Collectors.joining(", "));
            if (group.path("mappings").isEmpty()) {
                table.row(name, members, roles, "-", "-", "-");
            }
            for (JsonNode mapping : group.path("mappings")) {
                table.row(
                        name,
                        members,
                        roles,
                        mapping.path("targetName").asText(),
                        mapping.path("status").asText(),
                        mapping.path("rule").asText());
            }
        }
        section("Pushed groups and their teams: " + groups.size(), table);
    }

    void trials(Connection connection) {
        String password = connection.demoPassword();
        Table table = new Table(WIDTH, "Sign in as", "How", "Password", "What happens");
        table.row(Setup.TRIAL_PERSON, "password form", password, "refused, with the page \"sign in with Okta\"");
        table.row(Setup.TRIAL_PERSON, "Okta", password, "in");
        table.row(Setup.SOCIAL_LOGIN, "Social login", password, "not offered; the provider's own address is refused");
        table.row(Setup.EXEMPT_PERSON, "password form", password, "in: holds the role " + Setup.EXEMPT_ROLE);
        section("Try it at " + accountUrl(connection) + " (everybody else: Okta, same password)", table);
        out.println();
        out.println("Direct grant, refused too:");
        out.println("  curl -d grant_type=password -d client_id=acme-app -d username=" + Setup.TRIAL_PERSON
                + " -d password=" + password + " \\");
        out.println("    " + connection.keycloakUrl() + "/realms/" + Setup.REALM + "/protocol/openid-connect/token");
    }

    void addresses(Connection connection, Path connectionFile, int managementPort) {
        out.println();
        field("SCIM base URL", connection.baseUrl());
        field("SCIM token", "in " + connectionFile);
        field("Sign in", accountUrl(connection));
        field(
                "Administer acme",
                connection.keycloakUrl() + "/admin/" + Setup.REALM + "/console/  as " + Setup.EXEMPT_PERSON + " / "
                        + connection.demoPassword());
        field(
                "Administer all",
                connection.keycloakUrl() + "/admin/  as " + connection.adminUser() + " / "
                        + connection.adminPassword());
        field("Health", "http://localhost:" + managementPort + "/health");
    }

    private static String accountUrl(Connection connection) {
        return connection.keycloakUrl() + "/realms/" + Setup.REALM + "/account/";
    }

    private void section(String title, Table table) {
        out.println();
        out.println(title);
        out.println();
        table.lines().forEach(out::println);
    }

    private void field(String name, String value) {
        out.printf("%-16s %s%n", name, value);
    }

    private static String targets(Stream<JsonNode> grants) {
        return grants.map(grant -> grant.path("targetName").asText())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean isRole(JsonNode grant) {
        return grant.path("kind").asText().equals("ROLE");
    }

    private static String reason(JsonNode grant) {
        return grant.path("reason").asText();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
