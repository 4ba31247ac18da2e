package io.github.enterprisesso.scim.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.scim.schema.Condition;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterListsTest {

    private static List<Integer> numbers(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    @ParameterizedTest(name = "{0} values, {1} times")
    @CsvSource({
        "1, 1, 1",
        "500, 1, 1",
        "1000, 1, 1",
        "500, 3, 1",
        "1000, 3, 2",
        "1000, 2, 2",
        "100000, 1, 98",
        "100000, 3, 196"
    })
    @DisplayName("all values come once, in few lists, and no statement has more than 2,000 parameters for them")
    void cut(int size, int times, int lists) {
        List<List<Integer>> cut = ParameterLists.of(numbers(size), times);

        assertThat(cut.stream().flatMap(List::stream)).containsExactlyElementsOf(numbers(size));
        assertThat(cut).hasSize(lists).allSatisfy(list -> {
            int parameters = Condition.among("u.id", "id", list).parameters().size();
            assertThat(times * parameters).isLessThan(2000);
        });
    }

    @Test
    @DisplayName("of no values there is no list")
    void none() {
        assertThat(ParameterLists.of(List.of(), 3)).isEmpty();
    }
}
