package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is there now, for the person at the terminal: plain text in at most 120 columns. */
final class Summary {
    private static final int WIDTH = 120;

    private final PrintStream out;

    Summary(PrintStream out) {
        this.out = out;
    }

    /**
     * @param users SCIM users as the endpoint lists them
     * @param grants {@code GET group-mappings/grants}
     */
    void people(List<JsonNode> users, ArrayNode grants) {
        Table table = new Table(WIDTH, "User", "Name", "Active", "Teams", "Role", "Why");
        TreeMap<String, JsonNode> byLogin = new TreeMap<>();
        users.forEach(user -> byLogin.put(user.path("userName").asText().toLowerCase(Locale.ROOT), user));
        byLogin.forEach((login, user) -> {
            List<JsonNode> own = stream(grants)
                    .filter(grant ->
                            grant.path("userId").asText().equals(user.path("id").asText()))
                    .toList();
            JsonNode name = user.path("name");
            table.row(
                    login,
                    (name.path("givenName").asText() + " "
                                    + name.path("familyName").asText())
                            .strip(),
                    user.path("active").asBoolean() ? "yes" : "no",
                    targets(own, "TEAM"),
                    targets(own, "ROLE"),
                    own.stream()
                            .filter(grant -> grant.path("kind").asText().equals("ROLE"))
                            .map(grant -> grant.path("reason").asText())
                            .collect(Collectors.joining("; ")));
        });
        section("People provisioned through SCIM: " + users.size(), table);
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
        table.row(Setup.SOCIAL_LOGIN, "Social login", password, "refused, although the account is linked");
        table.row(Setup.EXEMPT_PERSON, "password form", password, "in: holds the role " + Setup.EXEMPT_ROLE);
        section("Try it at " + accountUrl(connection) + " (everybody else: Okta, same password)", table);
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
        out.println();
    }

    private void field(String name, String value) {
        out.printf("%-16s %s%n", name, value);
    }

    private static String targets(List<JsonNode> grants, String kind) {
        return grants.stream()
                .filter(grant -> grant.path("kind").asText().equals(kind))
                .map(grant -> grant.path("targetName").asText())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
