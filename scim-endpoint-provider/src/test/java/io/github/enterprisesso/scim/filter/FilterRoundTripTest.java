package io.github.enterprisesso.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters made at random from a seed: what is printed reads the same, in any case of its words. */
class FilterRoundTripTest {

    private static final List<String> ATTRIBUTES =
            List.of("userName", "name", "x-1", "$ref", "and", "not", "or", "title");
    private static final String CHARACTERS = " \"\\()[]aÄ€\n'%_";
    private static final String URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("a printed filter reads the same")
    void round_trip(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Filter filter = filter(random, 3);

            assertThat(Filter.parse(filter.toString())).as("%s", filter).isEqualTo(filter);
        }
    }

    private static Filter filter(Random random, int depth) {
        return switch (depth == 0 ? 3 : random.nextInt(4)) {
            case 0 -> new Filter.And(filter(random, depth - 1), filter(random, depth - 1));
            case 1 -> new Filter.Or(filter(random, depth - 1), filter(random, depth - 1));
            case 2 -> new Filter.Not(filter(random, depth - 1));
            default -> comparison(random, depth);
        };
    }

    private static Filter comparison(Random random, int depth) {
        Operator operator = Operator.values()[random.nextInt(Operator.values().length)];
        AttributePath path = new AttributePath(
                random.nextInt(4) == 0 ? URN : null,
                ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size())),
                depth > 0 && random.nextInt(4) == 0 ? filter(random, depth - 1) : null,
                random.nextInt(3) == 0 ? "value" : null);
        return new Filter.Comparison(path, operator, operator == Operator.PR ? null : value(random));
    }

    private static JsonNode value(Random random) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(7)) {
            case 3 -> json.numberNode(random.nextInt() / 8.0);
            case 4 -> json.numberNode(Long.MIN_VALUE + random.nextInt(1000));
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> json.numberNode(random.nextInt());
            default -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(8); i > 0; i--) {
                    text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                }
                yield json.textNode(text.toString());
            }
        };
    }
}
