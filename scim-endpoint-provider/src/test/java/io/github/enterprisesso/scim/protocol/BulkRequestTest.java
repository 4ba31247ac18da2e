package io.github.enterprisesso.scim.protocol;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    @Test
    void without_references_the_order_is_that_of_the_request() {
        assertThat(parse(group("a"), group("b"), group("c")).order()).containsExactly(0, 1, 2);
    }

    @Test
    void what_is_referred_to_comes_first() {
        assertThat(parse(group("a", "c", "b"), group("b", "d"), group("c"), group("d"))
                        .order())
                .containsExactly(3, 1, 2, 0);
        assertThat(parse("{'method':'DELETE','path':'/Groups/bulkId:a'}", group("a"))
                        .order())
                .containsExactly(1, 0);
    }

    @Test
    void a_circle_has_an_order_too_and_unknown_references_change_none() {
        assertThat(parse(group("a", "b"), group("b", "a"), group("c", "c", "nobody"))
                        .order())
                .containsExactly(1, 0, 2);
    }

    @Test
    void a_long_chain_is_no_deep_recursion() {
        int length = 10_000;
        String[] chain = IntStream.range(0, length)
                .mapToObj(i -> i == length - 1 ? group("g" + i) : group("g" + i, "g" + (i + 1)))
                .toArray(String[]::new);

        assertThat(parse(chain).order()).startsWith(length - 1).endsWith(0).hasSize(length);
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
