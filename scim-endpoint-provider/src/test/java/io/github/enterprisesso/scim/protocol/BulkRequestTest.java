package io.github.enterprisesso.scim.protocol;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 7644 section 3.7 a Bulk request")
class BulkRequestTest {

    private static BulkRequest parse(String... operations) {
        return BulkRequest.parse(
                new ResourceBody(json("{'Operations':[" + String.join(",", operations) + "]}")), 10_000);
    }

    /** Creates a group with members by their bulkIds. */
    private static String group(String bulkId, String... members) {
        return "{'method':'POST','path':'/Groups','bulkId':'" + bulkId + "','data':{'members':["
                + Arrays.stream(members)
                        .map(member -> "{'value':'bulkId:" + member + "'}")
                        .collect(Collectors.joining(","))
                + "]}}";
    }

    private static List<List<Integer>> one(Integer... numbers) {
        return Stream.of(numbers).map(List::of).toList();
    }

    @Test
    void without_references_the_order_is_that_of_the_request() {
        assertThat(parse(group("a"), group("b"), group("c")).steps()).isEqualTo(one(0, 1, 2));
    }

    @Test
    void what_is_referred_to_comes_first() {
        assertThat(parse(group("a", "c", "b"), group("b", "d"), group("c"), group("d"))
                        .steps())
                .isEqualTo(one(2, 3, 1, 0));
        assertThat(parse("{'method':'DELETE','path':'/Groups/bulkId:a'}", group("a"))
                        .steps())
                .isEqualTo(one(1, 0));
    }

    @Test
    void a_circle_is_one_step_behind_what_it_needs_and_unknown_references_change_nothing() {
        assertThat(parse(group("a", "b"), group("b", "a"), group("c", "c", "nobody"))
                        .steps())
                .containsExactly(List.of(0, 1), List.of(2));
        assertThat(parse(
                                group("before", "c"),
                                group("a", "b"),
                                group("b", "c"),
                                group("alone"),
                                group("c", "a", "needed"),
                                group("needed"))
                        .steps())
                .containsExactly(List.of(5), List.of(1, 2, 4), List.of(0), List.of(3));
        assertThat(parse(group("a", "b", "c"), group("b", "a"), group("c", "d"), group("d", "c"))
                        .steps())
                .as("two circles, of which one needs the other")
                .containsExactly(List.of(2, 3), List.of(0, 1));
    }

    @Test
    void a_long_chain_is_no_deep_recursion() {
        int length = 10_000;
        String[] chain = IntStream.range(0, length)
                .mapToObj(i -> i == length - 1 ? group("g" + i) : group("g" + i, "g" + (i + 1)))
                .toArray(String[]::new);

        assertThat(parse(chain).steps())
                .startsWith(List.of(length - 1))
                .endsWith(List.of(0))
                .hasSize(length);

        chain[length - 1] = group("g" + (length - 1), "g0");
        assertThat(parse(chain).steps())
                .singleElement()
                .isEqualTo(IntStream.range(0, length).boxed().toList());
    }

    @Test
    void of_a_circle_the_attributes_that_name_what_is_not_there_yet_are_left_for_later() {
        BulkOperation operation = parse(
                        "{'method':'POST','path':'/Users','bulkId':'a','data':{'userName':'jane',"
                                + "'urn:x':{'manager':{'value':'bulkId:b'},'department':'D'},'title':'bulkId:c','nickName':'b'}}")
                .operations()
                .get(0);

        assertThat(operation.without(Set.of("b", "a")).data())
                .isEqualTo(json("{'userName':'jane','title':'bulkId:c','nickName':'b'}"));
        assertThat(operation.completion(Set.of("b", "a"), "1")).hasValueSatisfying(rest -> {
            assertThat(rest.method()).isEqualTo("PUT");
            assertThat(rest.path()).isEqualTo("/Users/1");
            assertThat(rest.data()).isEqualTo(json("{'urn:x':{'manager':{'value':'bulkId:b'},'department':'D'}}"));
        });
        assertThat(operation.completion(Set.of("a"), "1")).isEmpty();
        assertThat(operation.data().size()).as("the operation itself").isEqualTo(4);
    }

    @Test
    void references_are_found_and_resolved_in_path_values_and_value_paths_and_nowhere_else() {
        BulkOperation operation = parse("{'method':'PATCH','path':'/Groups/bulkId:g','data':{'Operations':["
                        + "{'op':'remove','path':'members[value eq \\\"bulkId:a\\\" or value eq \\\"x\\\"]'},"
                        + "{'op':'add','path':'members','value':['bulkId:b',{'value':'bulkId:c','n':1}]},"
                        + "{'op':'replace','path':'displayName','value':'about bulkId:d'}]}}")
                .operations()
                .get(0);

        assertThat(operation.references()).containsExactlyInAnyOrder("g", "a", "b", "c");
        BulkOperation resolved = operation.resolved(Map.of("g", "1", "a", "$2", "b", "3", "c", "4"));
        assertThat(resolved.path()).isEqualTo("/Groups/1");
        assertThat(resolved.data())
                .isEqualTo(json("{'Operations':["
                        + "{'op':'remove','path':'members[value eq \\\"$2\\\" or value eq \\\"x\\\"]'},"
                        + "{'op':'add','path':'members','value':['3',{'value':'4','n':1}]},"
                        + "{'op':'replace','path':'displayName','value':'about bulkId:d'}]}"));
        assertThat(resolved.references()).isEmpty();
    }

    @Test
    void the_fault_is_named_with_its_place() {
        assertThatThrownBy(() -> parse(group("a"), "{'method':'GET','path':'/Users/1'}"))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("Operations[1].method")
                .hasMessageContaining("[POST, PUT, PATCH, DELETE]");
        assertThatThrownBy(() -> parse(group("a"), group("a")))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("Operations[1].bulkId")
                .hasMessageContaining("Operations[0]");
        assertThatThrownBy(() -> BulkRequest.parse(
                        new ResourceBody(json("{'Operations':[" + group("a") + "," + group("b") + "]}")), 1))
                .isInstanceOfSatisfying(
                        ScimException.class, error -> assertThat(error.status()).isEqualTo(413));
    }

    @Test
    void names_have_no_case_and_a_slash_at_the_end_means_nothing() {
        BulkOperation operation = parse("{'Method':'put','PATH':'/Users/1/','Data':{},'VERSION':'W/1'}")
                .operations()
                .get(0);

        assertThat(List.of(operation.method(), operation.path(), operation.version()))
                .containsExactly("PUT", "/Users/1", "W/1");
    }
}
