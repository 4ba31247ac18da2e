package io.github.enterprisesso.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;

class CollisionTest {

    private static RuntimeException violation(String constraint) {
        return new ModelException(
                "x", new ConstraintViolationException("could not execute", new SQLException(), constraint));
    }

    @ParameterizedTest
    @CsvSource({
        "uk_ru8tt6t700s9v50bu18ws5ha6,userName",
        "PUBLIC.UK_DYKN684SL8UP1CRFEI6ECKHD7_INDEX_B,emails.value",
        "uk_scim_user_external,externalId",
        "sibling_names,displayName"
    })
    @DisplayName("SCP-6 a unique constraint, in the spelling of any database, names its attribute")
    void constraint(String name, String attribute) {
        assertThat(Collision.attribute(violation(name), "/v2/Users")).isEqualTo(attribute);
    }

    @Test
    @DisplayName("SCP-6 where nothing tells the attribute, those that it can be are named")
    void unknown() {
        assertThat(Collision.attribute(violation(null), "/v2/Users/1"))
                .isEqualTo("userName, emails.value or externalId");
        assertThat(Collision.attribute(violation(null), "/v2/Groups")).isEqualTo("displayName");
        assertThat(Collision.attribute(new ModelDuplicateException("x", "email"), "/v2/Users"))
                .isEqualTo("emails.value");
    }

    @Test
    @DisplayName("SCP-6 the constraint tells the attribute also where Keycloak wraps it in a duplicate of no name")
    void wrapped() {
        assertThat(Collision.attribute(
                        new ModelDuplicateException("x", violation("uk_scim_user_external")), "/v2/Users"))
                .isEqualTo("externalId");
    }

    @Test
    void other_exceptions_are_no_collisions() {
        assertThat(Collision.is(new ModelException("x"))).isFalse();
        assertThat(Collision.is(violation("x"))).isTrue();
    }
}
