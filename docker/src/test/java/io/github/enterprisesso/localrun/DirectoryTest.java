package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.localrun.Directory.Group;
import io.github.enterprisesso.localrun.Directory.Person;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryTest {
    @Test
    @DisplayName("the sample: a few dozen people and groups, among them everything that the demo shows")
    void sample() {
        Directory directory = Directory.read(Path.of("realms/okta-realm.json"));

        assertThat(directory.people()).hasSizeBetween(30, 60);
        assertThat(directory.groups()).hasSizeBetween(6, 8);
        assertThat(directory.groups())
                .allSatisfy(group -> assertThat(directory.membersOf(group)).isNotEmpty());
        assertThat(directory.groups())
                .filteredOn(group -> group.role().isPresent())
                .hasSizeGreaterThan(1);
        assertThat(directory.people()).filteredOn(person -> !person.active()).hasSize(1);
        assertThat(directory.people()).anyMatch(person -> person.groups().size() > 1);
        assertThat(directory.people()).anyMatch(person -> person.groups().isEmpty() && person.active());
        assertThat(directory.people()).anyMatch(person -> person.role().isPresent());
        assertThat(directory.people()).anyMatch(person -> !person.familyName().matches("\\p{ASCII}*"));
        assertThat(directory.people()).extracting(Person::login).contains(Setup.TRIAL_PERSON);
    }

    @Test
    void groupsHaveTheirMembers() throws Exception {
        Directory directory = directory(
                "{'groups': [{'name': 'A', 'attributes': {'organizationRole': ['Guest']}}, {'name': 'B'}], 'users': ["
                        + user("1", "ann@x.example", "'groups': ['/A', '/B'], 'enabled': false") + ","
                        + user("2", "bo@x.example", "'groups': ['/B']") + "]}");

        Group a = directory.groups().get(0);
        Group b = directory.groups().get(1);
        assertThat(a.role()).contains("Guest");
        assertThat(directory.membersOf(a)).extracting(Person::id).containsExactly("1");
        assertThat(directory.membersOf(b)).extracting(Person::id).containsExactly("1", "2");
        assertThat(directory.people()).extracting(Person::active).containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'groups': ['/Nowhere'] | unknown group: Nowhere",
                "'lastName': ''         | lastName is missing",
                "'id': '2'              | occurs twice"
            })
    void damaged(String damage, String problem) {
        String json = "{'groups': [], 'users': [" + user("2", "bo@x.example", "'enabled': true") + ","
                + user("1", "ann@x.example", damage) + "]}";

        assertThatThrownBy(() -> directory(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    private static Directory directory(String json) throws Exception {
        return Directory.of(new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    private static String user(String id, String login, String more) {
        return "{'id': '" + id + "', 'username': '" + login + "', 'firstName': 'F', 'lastName': 'L', " + more + "}";
    }
}
