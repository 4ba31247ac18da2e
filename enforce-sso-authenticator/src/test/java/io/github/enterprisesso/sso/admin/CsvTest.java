package io.github.enterprisesso.sso.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    Nina            | Nina
                    O,Neil          | "O,Neil"
                    "quoted"        | ""\"quoted""\"
                    =1+1            | '=1+1
                    +49 30          | '+49 30
                    -x              | '-x
                    @SUM(A1)        | '@SUM(A1)
                    =A1,B1          | "'=A1,B1"
                    """)
    @DisplayName("ADM-11 a cell is quoted where it must be, and is never a formula")
    void cells(String text, String cell) {
        assertThat(Csv.cell(text)).isEqualTo(cell);
    }

    @Test
    @DisplayName("a line ends as RFC 4180 wants it, and nothing is an empty cell")
    void line() throws IOException {
        StringWriter out = new StringWriter();

        new Csv(out).line("a", null, true, "two\nlines");

        assertThat(out).hasToString("a,,true,\"two\nlines\"\r\n");
    }
}
