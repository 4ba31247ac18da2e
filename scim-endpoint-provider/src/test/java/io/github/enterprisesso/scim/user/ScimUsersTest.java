package io.github.enterprisesso.scim.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.store.ScimUserEntity;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScimUsersTest {

    @Test
    @DisplayName("SCP-8 who became another connection's user since he was looked up is a 409")
    void adopted_by_another_connection() {
        ScimUserEntity row = new ScimUserEntity();
        row.setUserId("1");
        row.setConnectionId("entra");

        assertThatThrownBy(() -> ScimUsers.refuseOwnedByAnother(row, "okta"))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.status()).isEqualTo(409));
        assertThatCode(() -> ScimUsers.refuseOwnedByAnother(row, "entra")).doesNotThrowAnyException();
    }
}
