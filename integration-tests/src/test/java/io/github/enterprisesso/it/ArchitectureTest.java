package io.github.enterprisesso.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The house rules of {@code docs/architecture.md}, over the classes of all modules. */
class ArchitectureTest {

    private static final List<String> MODULES =
            List.of("scim-endpoint-provider", "enforce-sso-authenticator", "group-team-mapper");

    private static final String[] PURE = {
        "..protocol..",
        "..filter..",
        "..policy..",
        "..mapping..",
        "..claim..",
        "..reconcile..",
        "..doctor..",
        "..readiness.."
    };

    private static JavaClasses classes;

    @BeforeAll
    static void importClasses() {
        classes = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> Path.of("..", module, "target", "classes"))
                        .toList());
    }

    @Test
    @DisplayName("the rules look at the classes of every module")
    void everyModuleIsSeen() {
        for (String root : List.of("scim", "sso", "teams")) {
            assertThat(classes.stream()
                            .filter(type -> type.getPackageName().startsWith("io.github.enterprisesso." + root)))
                    .as(root)
                    .hasSizeGreaterThan(10);
        }
    }

    @Test
    @DisplayName("pure packages know nothing of Keycloak, JAX-RS or JPA")
    void pureCore() {
        noClasses()
                .that(resideInAnyPackage(PURE))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "org.keycloak..", "jakarta.ws.rs..", "jakarta.persistence..", "org.hibernate..", "org.jboss.."))
                .check(classes);
    }

    @ParameterizedTest(name = "{0} imports no other module")
    @ValueSource(strings = {"scim", "sso", "teams"})
    void modulesAreIndependent(String module) {
        noClasses()
                .that(resideInAPackage("io.github.enterprisesso." + module + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.enterprisesso..")
                        .and(DescribedPredicate.not(resideInAPackage("io.github.enterprisesso." + module + ".."))))
                .check(classes);
    }

    @Test
    @DisplayName("packages have no cycles")
    void noCycles() {
        slices().matching("io.github.enterprisesso.(*).(*)..")
                .namingSlices("$1.$2")
                .should()
                .beFreeOfCycles()
                .check(classes);
    }

    @Test
    @DisplayName("nobody reads a component's values by getList: it writes to a map that sessions share")
    void cachedComponents() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "it is getList of Keycloak's MultivaluedMap",
                        call -> call.getName().equals("getList")
                                && call.getTargetOwner()
                                        .getFullName()
                                        .startsWith("org.keycloak.common.util.Multivalued")))
                .check(classes);
    }

    @Test
    @DisplayName("a class is a noun of the domain")
    void names() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Constants)(\\$.*)?")
                .check(classes);
    }

    @Test
    @DisplayName("public is what Keycloak or another package needs")
    void visibility() {
        classes()
                .that(describe(
                        "are public and top-level",
                        type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass()))
                .and(describe(
                        "are not package descriptions",
                        type -> !type.getSimpleName().equals("package-info")))
                .should(beNeededOutsideTheirPackage())
                .check(classes);
    }

    private static ArchCondition<JavaClass> beNeededOutsideTheirPackage() {
        return new ArchCondition<>("be needed outside their package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean needed = type.getDirectDependenciesToSelf().stream()
                                .map(Dependency::getOriginClass)
                                .anyMatch(origin -> !origin.getPackageName().equals(type.getPackageName()))
                        || isKeycloaks(type)
                        || isOnTheWire(type)
                        || declaresPublicConstants(type);
                if (!needed) {
                    events.add(SimpleConditionEvent.violated(type, type.getFullName() + " could be package-private"));
                }
            }
        };
    }

    /** Instantiated or called by the server: an SPI, an entity, a JAX-RS resource. */
    private static boolean isKeycloaks(JavaClass type) {
        return type.getAllRawInterfaces().stream().anyMatch(ArchitectureTest::isOfTheServer)
                || type.getAllRawSuperclasses().stream().anyMatch(ArchitectureTest::isOfTheServer)
                || type.isMetaAnnotatedWith("jakarta.persistence.Entity")
                || type.isMetaAnnotatedWith("jakarta.persistence.Embeddable")
                || type.isMetaAnnotatedWith("jakarta.ws.rs.Path")
                || type.getMethods().stream()
                        .anyMatch(method -> method.getAnnotations().stream()
                                .anyMatch(annotation ->
                                        annotation.getRawType().getPackageName().equals("jakarta.ws.rs")));
    }

    /** The compiler copies them to where they are read, so no dependency is left to see. */
    private static boolean declaresPublicConstants(JavaClass type) {
        return type.getFields().stream()
                .anyMatch(field -> field.getModifiers()
                        .containsAll(Set.of(JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL)));
    }

    /** Read and written by the server's JSON provider, as an argument or answer of a resource. */
    private static boolean isOnTheWire(JavaClass type) {
        return type.getSimpleName().endsWith("Json") || type.getSimpleName().endsWith("Representation");
    }

    private static boolean isOfTheServer(JavaClass type) {
        return type.getPackageName().startsWith("org.keycloak")
                || type.getPackageName().startsWith("jakarta.");
    }
}
