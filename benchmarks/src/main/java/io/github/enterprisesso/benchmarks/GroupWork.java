package io.github.enterprisesso.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a provisioning client does with groups. */
final class GroupWork {

    private static final int MANY = 500;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final int WARM = 5000;

    private final Server server;
    private final Client ours;
    private final Client natives;
    private final Client admin;
    private final Seed seed;
    private final int users;
    private int groups;

    GroupWork(Server server, Apis apis, Seed seed) {
        this.server = server;
        this.ours = apis.ours();
        this.natives = apis.natives();
        this.admin = apis.admin();
        this.seed = seed;
        this.users = seed.ids().size();
    }

    void run() {
        create();
        manyMembers();
        oneMember();
        replace();
        read();
    }

    private void create() {
        List<String> many = many();
        new Comparison("create a group with " + MANY + " members")
                .variant("ours", round -> newGroup(ours, many))
                .variant("Keycloak SCIM, POST and PATCH", round -> {
                    String group = newGroup(natives, List.of());
                    members(natives, group, "add", many);
                })
                .print(1, 4, server);
    }

    private void manyMembers() {
        List<String> many = many();
        String our = newGroup(ours, List.of());
        String their = newGroup(ours, List.of());
        String plain = newGroup(ours, List.of());
        Comparison add = new Comparison("add " + MANY + " members")
                .variant("ours", round -> members(ours, our, "add", many))
                .variant("Keycloak SCIM", round -> members(natives, their, "add", many))
                .variant(
                        "admin REST, " + MANY + " requests",
                        round -> many.forEach(id -> admin.put("/users/" + id + "/groups/" + plain, "{}")));
        Comparison remove = new Comparison("remove " + MANY + " members")
                .variant("ours", round -> members(ours, our, "remove", many))
                .variant("Keycloak SCIM, an operation for each", round -> removeEach(natives, their, many))
                .variant(
                        "admin REST, " + MANY + " requests",
                        round -> many.forEach(id -> admin.delete("/users/" + id + "/groups/" + plain)));
        Comparison.printAlternating(List.of(add, remove), 1, 3, server);
    }

    private void oneMember() {
        List<String> one = List.of(seed.ids().get(users - 1));
        String large = seed.largeGroup();
        String small = newGroup(ours, List.of());
        new Comparison("add and remove 1 of " + seed.members().size())
                .variant("ours", round -> {
                    members(ours, large, "add", one);
                    members(ours, large, "remove", one);
                })
                .variant("Keycloak SCIM", round -> {
                    members(natives, large, "add", one);
                    removeEach(natives, large, one);
                })
                .variant("admin REST", round -> {
                    admin.put("/users/" + one.get(0) + "/groups/" + large, "{}");
                    admin.delete("/users/" + one.get(0) + "/groups/" + large);
                })
                .variant("ours, in an empty group", round -> {
                    members(ours, small, "add", one);
                    members(ours, small, "remove", one);
                })
                .warmUp(WARM_UP, WARM)
                .print(0, 60, server);
    }

    /** Keycloak's own API only adds, and takes minutes for it. */
    private void replace() {
        List<String> before = seed.members();
        List<String> after = new ArrayList<>(before.subList(50, before.size()));
        after.addAll(seed.ids().subList(users - 50, users));
        new Comparison("replace " + before.size() + " members, 100 differences")
                .variant("ours", round -> members(ours, seed.largeGroup(), "replace", round % 2 == 0 ? after : before))
                .print(2, 12, server);
    }

    private void read() {
        String path = "/Groups/" + seed.largeGroup();
        new Comparison("GET group of " + seed.members().size())
                .variant("ours", round -> ours.get(path))
                .variant("Keycloak SCIM, asked for members", round -> natives.get(path + "?attributes=members"))
                .warmUp(WARM_UP, WARM)
                .print(0, 10, server);
        new Comparison("the same without members")
                .variant("ours", round -> ours.get(path + "?excludedAttributes=members"))
                .variant("Keycloak SCIM", round -> natives.get(path))
                .warmUp(WARM_UP, WARM)
                .print(0, 60, server);
        new Comparison("list 100 groups")
                .variant("ours", round -> ours.get("/Groups?count=100&excludedAttributes=members"))
                .variant("Keycloak SCIM", round -> natives.get("/Groups?count=100&excludedAttributes=members"))
                .warmUp(WARM_UP, WARM)
                .print(0, 60, server);
    }

    private List<String> many() {
        return seed.ids().subList(users - MANY, users);
    }

    private String newGroup(Client client, List<String> members) {
        groups++;
        String withMembers = members.isEmpty() ? "" : ",\"members\":" + values(members);
        return client.post(
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"new-" + groups + "\""
                        + withMembers + "}");
    }

    static void members(Client client, String group, String op, List<String> users) {
        patch(client, group, "{\"op\":\"" + op + "\",\"path\":\"members\",\"value\":" + values(users) + "}");
    }

    private static String values(List<String> users) {
        return users.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    /** The one form of removal that Keycloak's own SCIM API carries out. */
    private static void removeEach(Client client, String group, List<String> users) {
        patch(
                client,
                group,
                users.stream()
                        .map(id -> "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + id + "\\\"]\"}")
                        .collect(Collectors.joining(",")));
    }

    private static void patch(Client client, String group, String operations) {
        client.patch(
                "/Groups/" + group,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operations
                        + "]}");
    }
}
