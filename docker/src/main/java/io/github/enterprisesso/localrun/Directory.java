package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is in the Okta org and in which of its groups. Read from the realm that stands in for the org
 * ({@code docker/realms/okta-realm.json}, a Keycloak {@code RealmRepresentation}): the people who sign in there are the people who
 * are pushed, under the same ids.
 */
record Directory(List<Person> people, List<Group> groups) {

    private static final String ROLE = "organizationRole";

    /** One person of the org. {@code id} is the OIDC {@code sub} at sign-in and the SCIM {@code externalId}. */
    record Person(
            String id,
            String login,
            String givenName,
            String familyName,
            Optional<String> role,
            boolean active,
            List<String> groups) {}

    /** One group of the org; {@code role} is what an administrator gives to its members on our side, Okta cannot push it. */
    record Group(String name, Optional<String> role) {}

    static Directory read(Path realm) {
        try {
            return of(new ObjectMapper().readTree(realm.toFile()));
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure("the sample directory " + realm + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException when a person lacks an attribute, an id or login occurs twice, or a group is unknown */
    static Directory of(JsonNode realm) {
        List<Group> groups = new ArrayList<>();
        realm.path("groups").forEach(group -> groups.add(new Group(required(group, "name"), role(group))));

        Set<String> unique = new HashSet<>();
        List<Person> people = new ArrayList<>();
        for (JsonNode user : realm.path("users")) {
            Person person = person(user);
            if (!unique.add(person.id()) || !unique.add(person.login())) {
                throw new IllegalArgumentException("id or username of " + person.login() + " occurs twice");
            }
            for (String group : person.groups()) {
                if (groups.stream().noneMatch(known -> known.name().equals(group))) {
                    throw new IllegalArgumentException(person.login() + " is in an unknown group: " + group);
                }
            }
            people.add(person);
        }
        return new Directory(List.copyOf(people), List.copyOf(groups));
    }

    List<Person> membersOf(Group group) {
        return people.stream()
                .filter(person -> person.groups().contains(group.name()))
                .toList();
    }

    private static Person person(JsonNode user) {
        List<String> groups = new ArrayList<>();
        user.path("groups").forEach(path -> groups.add(path.asText().replaceFirst("^/", "")));
        return new Person(
                required(user, "id"),
                required(user, "username"),
                required(user, "firstName"),
                required(user, "lastName"),
                role(user),
                user.path("enabled").asBoolean(true),
                List.copyOf(groups));
    }

    private static Optional<String> role(JsonNode node) {
        return Optional.ofNullable(node.path("attributes").path(ROLE).path(0).textValue());
    }

    private static String required(JsonNode node, String name) {
        String value = node.path(name).asText();
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is missing in " + node);
        }
        return value;
    }
}
