package io.github.enterprisesso.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A push of many members in a realm without group mapping, and in one where it leads to a team and a role, on one server in one
 * run. Arguments as for {@link AtScale}; {@code users} is the number of members of the larger push.
 */
public final class Teams {

    private Teams() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 4) {
            System.err.println("Arguments: <distribution> <bundle> <directory> <users>");
            System.exit(2);
        }
        int users = Integer.parseInt(arguments[3]);
        if (users < 1000) {
            throw new IllegalArgumentException("users: " + users + "; allowed are 1000 and more");
        }
        try (Server server = Server.start(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]))) {
            Company plain = Company.of(server, "plain", users);
            Company mapping = Company.of(server, "mapping", users);
            mapping.map();
            System.out.println(Result.HEADER.replace("time to ours", "time to the first"));
            String without = plain.group("Crowd");
            String team = mapping.group("Crowd");
            String nowhere = mapping.group("nowhere");
            for (int many : List.of(users / 10, users)) {
                Comparison add = new Comparison("add " + many + " members");
                Comparison remove = new Comparison("remove " + many + " members");
                add.variant("no group mapping", round -> plain.push(without, "add", many));
                remove.variant("no group mapping", round -> plain.push(without, "remove", many));
                add.variant("to a team and a role", round -> mapping.push(team, "add", many));
                remove.variant("to a team and a role", round -> mapping.push(team, "remove", many));
                add.variant("group leads nowhere", round -> mapping.push(nowhere, "add", many));
                remove.variant("group leads nowhere", round -> mapping.push(nowhere, "remove", many));
                Comparison.printAlternating(List.of(add, remove), 2, 5, server);
            }
        }
    }

    /** One realm with its directory. */
    private record Company(Apis apis, List<String> people) {

        static Company of(Server server, String realm, int users) throws SQLException {
            Apis apis = AtScale.connect(server, realm);
            String parent = apis.admin()
                    .get("/groups?search=okta&exact=true")
                    .path(0)
                    .path("id")
                    .asText();
            Seed seed = Seed.plant(server.database(), apis.realmId(), apis.connectionId(), parent, users, 1);
            return new Company(apis, seed.ids());
        }

        /** Every group but one kind leads to a team of its name, and gives a role. */
        void map() {
            for (String role : List.of("Admin", "User", "Guest", "sso-exempt")) {
                apis.admin().post("/roles", "{\"name\":\"" + role + "\"}");
            }
            apis.admin().put("/group-mappings/settings", """
                    {"rules":[{"name":"crowds","type":"PREFIX","pattern":"crowd","targetType":"TEAM","autoApprove":true,
                      "priority":100,"role":"Guest"}]}""");
        }

        String group(String name) {
            return apis.ours().post("/Groups", "{\"displayName\":\"" + name + "\"}");
        }

        void push(String group, String op, int many) {
            GroupWork.members(apis.ours(), group, op, people.subList(0, many));
        }
    }
}
