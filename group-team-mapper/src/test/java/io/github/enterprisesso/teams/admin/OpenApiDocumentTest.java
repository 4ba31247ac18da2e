package io.github.enterprisesso.teams.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.RolesOrigin;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.reconcile.Change;
import io.github.enterprisesso.teams.settings.RuleJson;
import io.github.enterprisesso.teams.settings.SettingsJson;
import io.github.enterprisesso.teams.sync.Outlook;
import io.github.enterprisesso.teams.sync.RealmReconciliation;
import io.github.enterprisesso.teams.sync.Roster;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document says what the resources do: neither can change without the other. */
class OpenApiDocumentTest {

    private static final JsonNode DOCUMENT = document();

    @Test
    @DisplayName("every method of every resource is in the document with its parameters, and nothing else is")
    void operations() {
        Map<String, Set<String>> real = new TreeMap<>();
        collect(GroupMappingsResource.class, "", real);

        assertThat(real).hasSizeGreaterThan(30);
        assertThat(documented()).isEqualTo(real);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    @DisplayName("a schema has the fields of the record that is sent")
    void schemas(String schema, Class<?> record) {
        Set<String> fields = new TreeSet<>();
        DOCUMENT.at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(fields::add);

        assertThat(fields)
                .isEqualTo(new TreeSet<>(Arrays.stream(record.getRecordComponents())
                        .map(OpenApiDocumentTest::name)
                        .toList()));
    }

    @Test
    @DisplayName("every schema is compared with a record, but for Keycloak's own error")
    void everySchema() {
        Set<String> schemas = new TreeSet<>();
        DOCUMENT.at("/components/schemas").fieldNames().forEachRemaining(schemas::add);

        assertThat(schemas)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("Error"),
                                records().map(arguments -> (String) arguments.get()[0]))
                        .toList());
    }

    @Test
    @DisplayName("words that are listed are the words that are sent")
    void words() {
        assertThat(texts("/components/schemas/Mapping/properties/status/enum"))
                .isEqualTo(names(MappingStatus.values()));
        assertThat(texts("/components/schemas/Mapping/properties/targetType/enum"))
                .isEqualTo(names(TargetType.values()));
        assertThat(texts("/components/schemas/PushedGroup/properties/rolesOrigin/enum"))
                .isEqualTo(names(RolesOrigin.values()));
        assertThat(texts("/components/schemas/Conflict/properties/type/enum")).isEqualTo(names(Conflict.Type.values()));
        assertThat(texts("/components/schemas/Grant/properties/kind/enum")).isEqualTo(names(Entitlement.Kind.values()));
        assertThat(texts("/components/schemas/Step/properties/action/enum")).isEqualTo(names(Change.Action.values()));
        assertThat(texts("/components/schemas/Person/properties/state/enum")).isEqualTo(names(Roster.State.values()));
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("PushedGroup", PushedGroupJson.class),
                Arguments.of("ClaimedGroup", ClaimedGroupJson.class),
                Arguments.of("Claim", ClaimJson.class),
                Arguments.of("Mapping", MappingJson.class),
                Arguments.of("NewMapping", MappingJson.New.class),
                Arguments.of("MappingDecision", MappingJson.Decision.class),
                Arguments.of("TeamGroupMappings", TeamGroupMappingsJson.class),
                Arguments.of("Team", TeamGroupMappingsJson.Team.class),
                Arguments.of("Rule", RuleJson.class),
                Arguments.of("Conflicts", ConflictJson.Page.class),
                Arguments.of("Conflict", ConflictJson.class),
                Arguments.of("Side", ConflictJson.Side.class),
                Arguments.of("People", PeopleJson.class),
                Arguments.of("Person", Roster.Entry.class),
                Arguments.of("Held", Roster.Held.class),
                Arguments.of("Invitation", Roster.Invitation.class),
                Arguments.of("Explanation", ExplanationJson.class),
                Arguments.of("SignIns", SignInsJson.class),
                Arguments.of("Login", SignInsJson.Login.class),
                Arguments.of("Terms", SignInsJson.Terms.class),
                Arguments.of("Grant", GrantJson.class),
                Arguments.of("Question", PreviewJson.Question.class),
                Arguments.of("Verdict", PreviewJson.Question.Decision.class),
                Arguments.of("Preview", PreviewJson.class),
                Arguments.of("GroupForecast", Outlook.GroupForecast.class),
                Arguments.of("Forecast", Outlook.Forecast.class),
                Arguments.of("Step", Outlook.Forecast.Step.class),
                Arguments.of("ConflictForecast", Conflict.class),
                Arguments.of("Drift", DriftJson.class),
                Arguments.of("Progress", DriftJson.Progress.class),
                Arguments.of("Reconciliation", RealmReconciliation.Result.class),
                Arguments.of("Tombstone", TombstoneJson.class),
                Arguments.of("Settings", SettingsJson.class));
    }

    /** "GET /users" to the names of its query parameters. */
    private static void collect(Class<?> resource, String prefix, Map<String, Set<String>> operations) {
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            String full = path == null || path.value().isEmpty() ? prefix : prefix + "/" + path.value();
            Stream<String> verbs = Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .map(type -> type.getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .map(HttpMethod::value);
            Set<String> found = new TreeSet<>(verbs.toList());
            if (found.isEmpty() && path != null) {
                collect(method.getReturnType(), full, operations);
            }
            found.forEach(verb -> operations.put(verb + " " + (full.isEmpty() ? "/" : full), queryParameters(method)));
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty written = component.getAccessor().getAnnotation(JsonProperty.class);
        return written == null ? component.getName() : written.value();
    }

    private static Set<String> queryParameters(Method method) {
        return new TreeSet<>(Arrays.stream(method.getParameters())
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .filter(parameter -> parameter != null)
                .map(QueryParam::value)
                .toList());
    }

    private static Map<String, Set<String>> documented() {
        Map<String, Set<String>> operations = new TreeMap<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(verb -> !verb.getKey().equals("parameters"))
                        .forEach(verb -> operations.put(
                                verb.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                new TreeSet<>(StreamSupport.stream(
                                                verb.getValue()
                                                        .path("parameters")
                                                        .spliterator(),
                                                false)
                                        .map(parameter -> parameter.path("name").asText())
                                        .toList()))));
        return operations;
    }

    private static Set<String> texts(String pointer) {
        return new TreeSet<>(StreamSupport.stream(DOCUMENT.at(pointer).spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }

    private static Set<String> names(Enum<?>[] words) {
        return new TreeSet<>(Arrays.stream(words).map(Enum::name).toList());
    }

    private static JsonNode document() {
        try {
            return new ObjectMapper().readTree(OpenApiResource.text());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
