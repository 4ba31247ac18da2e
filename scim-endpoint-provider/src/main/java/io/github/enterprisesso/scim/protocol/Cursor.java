package io.github.enterprisesso.scim.protocol;

/**
 * What a cursor of RFC 9865 says.
 *
 * @param position the page lies behind it; backwards before it
 * @param total of all pages when the first one was read: to count them anew would make each page as dear as the list is long
 */
record Cursor(Position position, boolean backwards, long total) {}
