package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.group.GroupReader;
import io.github.enterprisesso.scim.protocol.Cursors;
import io.github.enterprisesso.scim.protocol.ListRequest;
import io.github.enterprisesso.scim.protocol.ListResponse;
import io.github.enterprisesso.scim.protocol.Pager;
import io.github.enterprisesso.scim.protocol.Paging;
import io.github.enterprisesso.scim.protocol.ResourceQuery;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Walks;
import io.github.enterprisesso.scim.token.Scope;
import io.github.enterprisesso.scim.user.UserReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;

/** The pages of lists and searches. */
final class Lists {

    private final ScimContext scim;
    private final Walks walks;

    Lists(ScimContext scim, Walks walks) {
        this.scim = scim;
        this.walks = walks;
    }

    ListResponse users(ListRequest request) {
        return page(request, List.of(new UserReader(scim).query(request, List.of())));
    }

    ListResponse groups(ListRequest request) {
        return page(request, List.of(new GroupReader(scim).query(request, List.of())));
    }

    /**
     * A search on the root (RFC 7644 section 3.4.3) finds what the token may see: users in their order, then groups in theirs.
     * An order over both would have to read both to the end.
     */
    ListResponse everything(ListRequest request) {
        UserReader users = new UserReader(scim);
        GroupReader groups = new GroupReader(scim);
        List<ResourceQuery> queries = new ArrayList<>();
        if (scim.token().allows(Scope.USERS)) {
            queries.add(users.query(request, List.of(groups.catalogue())));
        }
        if (scim.token().allows(Scope.GROUPS)) {
            queries.add(groups.query(request, List.of(users.catalogue())));
        }
        if (queries.isEmpty()) {
            throw ScimException.forbidden("The token is for neither users nor groups.");
        }
        return page(request, queries);
    }

    /** The members of a group that the connection has pushed, as they stand in it. */
    ListResponse members(String group, Paging paging) {
        String list = "members " + scim.connection().id() + " " + group;
        return page(list, new GroupReader(scim).members(group), paging);
    }

    private ListResponse page(ListRequest request, List<ResourceQuery> queries) {
        String list = queries.stream().map(ResourceQuery::resourceType).collect(Collectors.joining(","))
                + " " + scim.connection().id()
                + " " + request.sorting().by()
                + " " + request.sorting().descending()
                + " " + request.filter();
        return page(list, queries, request.paging());
    }

    private ListResponse page(String list, List<ResourceQuery> queries, Paging paging) {
        return new Pager(scim.realm().getId(), list, queries, () -> cursors(list), walks).page(paging);
    }

    /** The realm's secret is the same on every node, and Keycloak makes one where there is none. */
    private Cursors cursors(String list) {
        byte[] secret = scim.session()
                .keys()
                .getActiveKey(scim.realm(), KeyUse.SIG, Algorithm.HS512)
                .getSecretKey()
                .getEncoded();
        return new Cursors(secret, list, scim.connection().cursorTimeout(), () -> Time.currentTimeMillis() / 1000);
    }
}
