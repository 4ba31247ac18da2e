package io.github.enterprisesso.scim.protocol;

import java.util.List;

/**
 * A place in a list: at one of its resources, which need not be there any more.
 *
 * @param key what the order of the list goes by, see {@link ResourceQuery.Found}
 */
record Position(String resourceType, List<Object> key) {}
