package io.github.enterprisesso.scim.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.provider.ProviderConfigProperty;

class ConnectionOptionTest {

    @ParameterizedTest
    @EnumSource(ConnectionOption.class)
    @DisplayName("the documentation has every option, with its default and what is allowed")
    void documented(ConnectionOption option) throws IOException {
        ProviderConfigProperty property = option.property();
        String row = Files.readAllLines(Path.of("..", "docs", "scim.md")).stream()
                .filter(line -> line.startsWith("| `") && line.split("\\|")[1].contains("`" + option.key() + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(option.key() + " is missing"));

        // Aliases are the same as what is returned, and the parent is called as the connection.
        if (!row.contains("the same") && option != ConnectionOption.GROUPS_PARENT) {
            assertThat(row).contains(property.getDefaultValue().toString());
        }
        if (option.allowed().size() > 2) {
            assertThat(row).contains(option.allowed());
        }
    }
}
