package io.github.enterprisesso.scim.filter;

/** An attribute path or filter that RFC 7644 section 3.4.2.2 does not allow; the message says where and why. */
public final class FilterSyntaxException extends RuntimeException {

    FilterSyntaxException(String message) {
        super(message);
    }
}
