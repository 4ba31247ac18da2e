package io.github.enterprisesso.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds every answer against the published schemas can fail. */
class SchemaCheckTest {

    private static final String SCHEMAS = """
            {'Resources':[{'schemas':['urn:ietf:params:scim:schemas:core:2.0:Schema'],'id':'urn:user','name':'User','description':'d',
              'meta':{'resourceType':'Schema','location':'http://s/v2/Schemas/urn:user'},'attributes':[
              NAME,
              {'name':'age','type':'integer',COMMON},
              {'name':'secret','type':'string','multiValued':false,'required':false,'description':'d','mutability':'writeOnly','returned':'never'},
              {'name':'kind','type':'string','canonicalValues':['a','b'],COMMON},
              {'name':'emails','type':'complex','multiValued':true,'required':false,'description':'d','mutability':'readWrite','returned':'default',
               'subAttributes':[{'name':'value','type':'string',COMMON},{'name':'primary','type':'boolean',COMMON}]}]},
             {'schemas':['urn:ietf:params:scim:schemas:core:2.0:Schema'],'id':'urn:more','name':'More','description':'d',
              'meta':{'resourceType':'Schema','location':'http://s/v2/Schemas/urn:more'},'attributes':[{'name':'since','type':'dateTime',COMMON}]}]}
            """.replace(
                    "NAME",
                    "{'name':'userName','type':'string','multiValued':false,'required':true,'description':'d','mutability':'readWrite','returned':'default'}")
            .replace(
                    "COMMON",
                    "'multiValued':false,'required':false,'description':'d','mutability':'readWrite','returned':'default'");

    private static final String TYPES = """
            {'Resources':[{'schemas':['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],'id':'User','name':'User','endpoint':'/Users',
             'schema':'urn:user','schemaExtensions':[{'schema':'urn:more','required':false}],
             'meta':{'resourceType':'ResourceType','location':'http://s/v2/ResourceTypes/User'}}]}
            """;

    private static final String USER =
            "{'schemas':['urn:user','urn:more'],'id':'1','userName':'jane','age':5,'kind':'a','emails':[{'value':'e','primary':true}],"
                    + "'urn:more':{'since':'2026-01-01T00:00:00Z'},'meta':{'resourceType':'User','location':'http://s/v2/Users/1','version':'W/1'}}";

    private static final String LIST =
            "{'schemas':['urn:ietf:params:scim:api:messages:2.0:ListResponse'],'totalResults':1,"
                    + "'startIndex':1,'itemsPerPage':1,'Resources':[" + USER + "]}";

    private static final String ERROR =
            "{'schemas':['urn:ietf:params:scim:api:messages:2.0:Error'],'status':'400','scimType':'invalidValue','detail':'title: no'}";

    private static final String BULK =
            "{'schemas':['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],'Operations':["
                    + "{'method':'POST','bulkId':'b','location':'http://s/v2/Users/1','version':'W/1','status':'201'},"
                    + "{'method':'PUT','location':'http://s/v2/Users/1','status':'400','response':" + ERROR + "}]}";

    private static SchemaCheck check(String schemas) {
        return new SchemaCheck(path -> answer(200, path.equals("/Schemas") ? schemas : TYPES));
    }

    private static Answer answer(int status, String body) {
        return Answer.of(
                status,
                Map.of(
                        "Content-Type", List.of("application/scim+json"),
                        "X-Request-Id", List.of("x"),
                        "Location", List.of("http://s/v2/Users/1"),
                        "ETag", List.of("W/1")),
                body.replace('\'', '"'));
    }

    @Test
    @DisplayName("right answers pass: a resource, a list, a Bulk answer, an error, nothing at all")
    void right() {
        SchemaCheck check = check(SCHEMAS);

        check.read("POST", "/Users", answer(201, USER));
        check.read("GET", "/Users/1", answer(200, USER));
        check.read("GET", "/Users", answer(200, LIST));
        check.read("POST", "/Users/.search", answer(200, LIST.replace("'startIndex':1,", "")));
        check.read("POST", "/Bulk", answer(200, BULK));
        check.read("PUT", "/Users/1", answer(400, ERROR));
        check.read("DELETE", "/Users/1", answer(204, ""));
        check.read("GET", "/Users/1?attributes=age", answer(200, "{'schemas':['urn:user'],'id':'1','age':5}"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'age':5|'age':'5'",
                "'age':5|'age':5.5",
                "'age':5|'age':[5]",
                "'age':5|'shoeSize':5",
                "'age':5|'secret':'s'",
                "'kind':'a'|'kind':'c'",
                "'kind':'a'|'kind':''",
                "'kind':'a'|'kind':null",
                "'userName':'jane',|",
                "'id':'1',|",
                "'urn:more']|'urn:more','urn:more']",
                "'urn:more']|'urn:other']",
                "'urn:user',|",
                ",'urn:more']|]",
                "{'since':'2026-01-01T00:00:00Z'}|{'since':'yesterday'}",
                "{'since':'2026-01-01T00:00:00Z'}|{}",
                "'primary':true}|'primary':true},{'value':'f','primary':true}",
                "'primary':true}|'primary':'true'}",
                "'primary':true}|'display':'E'}",
                "[{'value':'e','primary':true}]|{'value':'e','primary':true}",
                "'resourceType':'User'|'resourceType':'Group'",
                "v2/Users/1|v2/Users/2",
                "'version':'W/1'|'version':'W/2'",
                "'version':'W/1'|'etag':'W/1'"
            })
    @DisplayName("a wrong resource is found, alone and in a list")
    void wrongResource(String right, String wrong) {
        String damaged = USER.replace(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> check(SCHEMAS).read("GET", "/Users/1", answer(200, damaged)))
                .isInstanceOf(AssertionError.class);
        if (!right.contains("version")) {
            assertThatThrownBy(() -> check(SCHEMAS).read("GET", "/Users", answer(200, LIST.replace(USER, damaged))))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'totalResults':1|'totalResults':0",
                "'totalResults':1|'totalResults':'1'",
                "'startIndex':1,|",
                "'itemsPerPage':1|'itemsPerPage':2",
                "'itemsPerPage':1|'itemsPerPage':1,'more':true",
                "messages:2.0:ListResponse|messages:2.0:Error",
                "'Resources':[|'Resources':[{},"
            })
    @DisplayName("a wrong list is found")
    void wrongList(String right, String wrong) {
        assertThatThrownBy(() -> check(SCHEMAS)
                        .read("GET", "/Users", answer(200, LIST.replace(right, wrong == null ? "" : wrong))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("a resource that comes twice in a list is found")
    void twice() {
        String twice = LIST.replace(USER, USER + "," + USER)
                .replace("'totalResults':1", "'totalResults':2")
                .replace("'itemsPerPage':1", "'itemsPerPage':2");

        assertThatThrownBy(() -> check(SCHEMAS).read("GET", "/Users", answer(200, twice)))
                .hasMessageContaining("comes once");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'bulkId':'b',|",
                "'method':'POST'|'method':'GET'",
                "'status':'201'|'status':201",
                "'status':'201'|'status':'409'",
                "'location':'http://s/v2/Users/1','version'|'version'",
                ",'version':'W/1'|",
                "'status':'400','response'|'status':'404','response'",
                "'detail':'title: no'|'detail':''",
                "'Operations'|'operations'"
            })
    @DisplayName("a wrong Bulk answer is found")
    void wrongBulk(String right, String wrong) {
        assertThatThrownBy(() -> check(SCHEMAS)
                        .read("POST", "/Bulk", answer(200, BULK.replace(right, wrong == null ? "" : wrong))))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'400'|400",
                "'400'|'409'",
                "invalidValue|wrongValue",
                "'title: no'|''",
                ",'detail':'title: no'|",
                "title: no|java.lang.IllegalStateException",
                "'scimType'|'type'",
                "2.0:Error|2.0:Fault"
            })
    @DisplayName("a wrong error is found")
    void wrongError(String right, String wrong) {
        assertThatThrownBy(() -> check(SCHEMAS)
                        .read("GET", "/Users", answer(400, ERROR.replace(right, wrong == null ? "" : wrong))))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("an error without the header that its status asks for, another media type and a body of 204 are found")
    void headers() {
        SchemaCheck check = check(SCHEMAS);

        assertThatThrownBy(() -> check.read(
                        "GET",
                        "/Users",
                        answer(401, ERROR.replace("400", "401").replace("'scimType':'invalidValue',", ""))))
                .hasMessageContaining("WWW-Authenticate");
        assertThatThrownBy(() -> check.read(
                        "GET",
                        "/Users",
                        Answer.of(200, Map.of("Content-Type", List.of("application/json")), LIST.replace('\'', '"'))))
                .isInstanceOf(AssertionError.class);
        for (String header : List.of("Location", "ETag")) {
            Map<String, List<String>> headers =
                    new HashMap<>(answer(201, USER).headers().map());
            headers.remove(header);
            assertThatThrownBy(() -> check.read(
                            "POST",
                            "/Users?attributes=age",
                            Answer.of(201, headers, "{\"schemas\":[\"urn:user\"],\"id\":\"1\"}")))
                    .isInstanceOf(AssertionError.class);
        }
        assertThatThrownBy(() -> check.read("DELETE", "/Users/1", answer(204, USER)))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'type':'integer'|'type':'number'",
                "'type':'integer',|",
                "'name':'age'|'name':'kind'",
                "'mutability':'writeOnly'|'mutability':'never'",
                "'type':'dateTime'|'type':'complex'",
                "'returned':'never'|'returned':'no'"
            })
    @DisplayName("a schema that is none is found")
    void wrongSchema(String right, String wrong) {
        String damaged = SCHEMAS.replace(right, wrong == null ? "" : wrong);

        assertThatThrownBy(() -> check(damaged).read("GET", "/Users/1", answer(200, USER)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("schemas that have changed are read again, before an answer is found wrong")
    void changedSchemas() {
        Deque<String> schemas = new ArrayDeque<>(List.of(SCHEMAS.replace("'name':'age'", "'name':'size'"), SCHEMAS));
        SchemaCheck check =
                new SchemaCheck(path -> answer(200, path.equals("/Schemas") ? schemas.removeFirst() : TYPES));
        check.read("GET", "/Users/1", answer(200, USER.replace("'age':5,", "")));

        assertThatCode(() -> check.read("GET", "/Users/1", answer(200, USER))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a client checks whatever it is answered, with any credentials; unless it is told not to")
    void clients() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] wrong = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/scim+json");
            exchange.sendResponseHeaders(200, wrong.length);
            exchange.getResponseBody().write(wrong);
            exchange.close();
        });
        server.start();
        try {
            ScimClient client = ScimClient.withToken(
                    URI.create("http://localhost:" + server.getAddress().getPort()), "t");
            List<ThrowingCallable> requests = List.of(
                    () -> client.get("/Users"),
                    () -> client.post("/Users", "{}"),
                    () -> client.put("/Users/1", "{}"),
                    () -> client.patch("/Users/1", "{}"),
                    () -> client.delete("/Users/1"),
                    () -> client.raw("GET", "/Users", Map.of(), null),
                    () -> client.send("GET", "/Users", null, "If-Match", "*"),
                    () -> client.withAuthorization(null).get("/Users"),
                    () -> client.describedTo(client).get("/Me"));

            assertThat(requests)
                    .allSatisfy(request -> assertThatThrownBy(request).isInstanceOf(AssertionError.class));
            assertThat(client.unchecked().get("/Users").status()).isEqualTo(200);
        } finally {
            server.stop(0);
        }
    }
}
