package io.github.enterprisesso.sso.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.sso.doctor.Finding;
import io.github.enterprisesso.sso.readiness.Readiness.Obstacle;
import io.github.enterprisesso.sso.readiness.Readiness.State;
import io.github.enterprisesso.sso.sessions.SessionCount;
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
        collect(SsoPolicyResource.class, "", real);

        assertThat(real).hasSizeGreaterThan(8);
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
                        .map(RecordComponent::getName)
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
        assertThat(texts("/components/schemas/Candidate/properties/state/enum")).isEqualTo(names(State.values()));
        assertThat(texts("/components/schemas/Candidate/properties/obstacles/items/enum"))
                .isEqualTo(names(Obstacle.values()));
        assertThat(texts("/components/schemas/Finding/properties/status/enum"))
                .isEqualTo(names(Finding.Status.values()));
    }

    static Stream<Arguments> records() {
        return Stream.of(
                Arguments.of("SsoPolicy", SsoPolicyRepresentation.class),
                Arguments.of("Domain", SsoPolicyRepresentation.DomainRepresentation.class),
                Arguments.of("Exemption", ExemptionRepresentation.class),
                Arguments.of("Users", UsersRepresentation.class),
                Arguments.of("User", UserRepresentation.class),
                Arguments.of("Login", UserRepresentation.LoginRepresentation.class),
                Arguments.of("Terms", UserRepresentation.TermsRepresentation.class),
                Arguments.of("Readiness", ReadinessRepresentation.class),
                Arguments.of("Candidate", ReadinessRepresentation.CandidateRepresentation.class),
                Arguments.of("Doctor", DoctorResource.DoctorRepresentation.class),
                Arguments.of("Finding", Finding.class),
                Arguments.of("SessionCount", SessionCount.class),
                Arguments.of("Ended", SessionsResource.EndedRepresentation.class),
                Arguments.of("Uninstall", UninstallResource.UninstallRepresentation.class),
                Arguments.of("Bound", Installation.BoundRepresentation.class));
    }

    /** "GET /users" to the names of its query parameters. */
    private static void collect(Class<?> resource, String prefix, Map<String, Set<String>> operations) {
        for (Method method : resource.getDeclaredMethods()) {
            Path path = method.getAnnotation(Path.class);
            if (path == null) {
                continue;
            }
            String full = path.value().isEmpty() ? prefix : prefix + "/" + path.value();
            Stream<String> verbs = Arrays.stream(method.getAnnotations())
                    .map(Annotation::annotationType)
                    .map(type -> type.getAnnotation(HttpMethod.class))
                    .filter(verb -> verb != null)
                    .map(HttpMethod::value);
            Set<String> found = new TreeSet<>(verbs.toList());
            if (found.isEmpty()) {
                collect(method.getReturnType(), full, operations);
            }
            found.forEach(verb -> operations.put(verb + " " + (full.isEmpty() ? "/" : full), queryParameters(method)));
        }
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
