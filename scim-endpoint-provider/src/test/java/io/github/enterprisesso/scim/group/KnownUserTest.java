package io.github.enterprisesso.scim.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.UserModelDelegate;

class KnownUserTest {

    private final AtomicInteger loads = new AtomicInteger();

    private UserModel jane(UserModel whole) {
        return KnownUser.of("1", "jane", "jane@acme.test", () -> {
            loads.incrementAndGet();
            return whole;
        });
    }

    private static UserModel whole() {
        return new UserModelDelegate(null) {
            private String lastName;

            @Override
            public String getFirstName() {
                return "Jane";
            }

            @Override
            public String getLastName() {
                return lastName;
            }

            @Override
            public void setLastName(String lastName) {
                this.lastName = lastName;
            }
        };
    }

    @Test
    @DisplayName("what the query has told is known without a load")
    void known() {
        UserModel jane = jane(null);

        assertThat(jane.getId()).isEqualTo("1");
        assertThat(jane.getUsername()).isEqualTo("jane");
        assertThat(jane.getEmail()).isEqualTo("jane@acme.test");
        assertThat(jane).isEqualTo(jane(null)).hasSameHashCodeAs(jane(null)).hasToString("user 1");
        assertThat(loads).hasValue(0);
    }

    @Test
    @DisplayName("whoever asks for more gets the whole user, loaded once")
    void loaded() {
        UserModel jane = jane(whole());

        assertThat(jane.getFirstName()).isEqualTo("Jane");
        jane.setLastName("Doe");
        assertThat(jane.getLastName()).isEqualTo("Doe");
        assertThat(loads).hasValue(1);
    }

    @Test
    @DisplayName("a user who is gone by then is an error with his id, not a null somewhere else")
    void gone() {
        UserModel jane = jane(null);

        assertThatThrownBy(jane::getFirstName)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("1");
    }

    @Test
    @DisplayName("an error of the whole user comes through as it is")
    void failing() {
        UserModel jane = KnownUser.of("1", "jane", null, () -> {
            throw new IllegalStateException("no database");
        });

        assertThatThrownBy(jane::getFirstName).isInstanceOf(IllegalStateException.class);
    }
}
