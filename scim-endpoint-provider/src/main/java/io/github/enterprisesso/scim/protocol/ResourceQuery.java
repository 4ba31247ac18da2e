package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The resources of one type that a list request asks for, in the order that it asks for. */
public interface ResourceQuery {

    /** {@code User} */
    String resourceType();

    /** How many there are by now. */
    long total();

    /** @param max 0 tells only whether there is one */
    Stretch from(int offset, int max);

    /**
     * Those behind the resource of that key, whether or not it is still there; backwards those before it. Either way in the
     * order of the list.
     *
     * @param key empty: from the first one on; backwards from the last
     * @param max 0 tells only whether there is one
     */
    Stretch beyond(List<Object> key, boolean backwards, int max);

    /** Whether what is behind a key is one range of rows, of which some can be skipped: see {@link #behind}. */
    boolean hasOneRange();

    /** Those behind the resource of that key without the next few, for a list that {@link #hasOneRange}. */
    Stretch behind(List<Object> key, int skipped, int max);

    /**
     * Neighbours in a list.
     *
     * @param more whether there are others beyond them
     */
    record Stretch(List<Found> found, boolean more) {}

    /** @param key what the order goes by: strings, longs, booleans and nulls, unique among the resources of the type */
    record Found(List<Object> key, ObjectNode resource) {}
}
